package org.inotify4j.fs.programs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.inotify4j.changes.PathWatcher;
import org.inotify4j.watch.INotifyEventKinds;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/** Uses the library as an application does that is taken off its server again. */
public final class Deployed implements Consumer<Path> {

  @Override
  public void accept(Path directory) {
    try {
      watch(directory);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void watch(Path directory) throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree/below"));
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    CountDownLatch told = new CountDownLatch(1);
    try (INotifyWatchService service = INotifyWatchService.open()) {
      PathWatcher watcher = PathWatcher.of(directory).start(batch -> told.countDown());
      service.register(directory, kinds);
      service.register(directory, ENTRY_CREATE, INotifyEventKinds.RENAME);
      service.register(directory, ENTRY_CREATE, INotifyEventKinds.CLOSE_WRITE);
      service.register(tree, kinds, INotifyModifiers.RECURSIVE);
      service.register(tree, kinds, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude("none"));
      service.register(tree, kinds, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude("none"));
      service.register(tree, kinds, INotifyModifiers.RECURSIVE);
      Files.createFile(tree.resolve("in the tree"));
      Files.createFile(directory.resolve("plain"));
      for (int keys = 0; keys < 2; keys++) {
        if (service.poll(30, TimeUnit.SECONDS) == null) {
          throw new AssertionError("no event");
        }
      }
      if (!told.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("no change");
      }
      watcher.close();
    }
  }
}
