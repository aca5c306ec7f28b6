package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.INotify;
import org.inotify4j.Syscalls;
import org.inotify4j.libc.LibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a child process would inherit of the library's descriptors: none. */
final class DescriptorsOfChildrenTest {

  private static final int DIRECTORIES = 100;
  private static final int CHILDREN = 50;
  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/fd");

  @TempDir private Path root;

  @Test
  void allAreCloseOnExec() throws Exception {
    Map<Integer, String> before = targets();
    try (INotify inotify = INotify.open();
        INotifyWatchService service = INotifyWatchService.openDedicated()) {
      watchEverything(service);
      Map<Integer, String> ours = targets();
      ours.entrySet().removeAll(before.entrySet());
      List<String> inherited = new ArrayList<>();
      for (Map.Entry<Integer, String> descriptor : ours.entrySet()) {
        if (!closesOnExec(descriptor.getKey())) {
          inherited.add(descriptor.getValue());
        }
      }
      assertThat(inherited).isEmpty();
      // Two instances with what wakes them, the file of marks, the table of mounts, a pipe.
      assertThat(ours).hasSize(8);
      assertThat(inotify.isOpen()).isTrue();
    }
  }

  /** {@link ProcessBuilder} closes all in a child; native code does not. */
  @Test
  void aChildOfNativeCode_hasNone_whileATreeIsGoneThrough() throws Exception {
    Path tree = Files.createDirectory(root.resolve("tree"));
    for (int i = 0; i < DIRECTORIES; i++) {
      Files.createDirectory(tree.resolve("d" + i));
    }
    Path seen = root.resolve("seen");
    AtomicBoolean goesOn = new AtomicBoolean(true);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (INotifyWatchService service = INotifyWatchService.openDedicated()) {
      service.register(tree, KINDS, INotifyModifiers.RECURSIVE);
      Future<?> registering =
          other.submit(
              () -> {
                while (goesOn.get()) {
                  service.register(tree, KINDS, INotifyModifiers.RECURSIVE).cancel();
                }
                return null;
              });
      for (int i = 0; i < CHILDREN; i++) {
        Syscalls.shell("ls -l /proc/self/fd >> " + seen);
      }
      goesOn.set(false);
      registering.get();
    } finally {
      goesOn.set(false);
      other.shutdown();
    }
    List<String> inherited =
        Files.readAllLines(seen).stream().filter(line -> line.contains(" -> ")).toList();
    // Its output, at least, and the directory that it lists.
    assertThat(inherited).hasSizeGreaterThanOrEqualTo(2 * CHILDREN);
    assertThat(inherited)
        .noneMatch(line -> line.endsWith("inotify") || line.contains("/memfd:inotify4j"))
        .noneMatch(line -> line.contains(" -> " + tree));
  }

  private void watchEverything(INotifyWatchService service) throws Exception {
    Path tree = Files.createDirectories(root.resolve("a/b"));
    service.register(root, ENTRY_CREATE);
    service.register(tree, KINDS, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN);
    service.register(root.resolve("file"), KINDS, INotifyModifiers.FILE);
    Pending.sync(service);
  }

  /** What this library has open: the descriptors by number. */
  private static Map<Integer, String> targets() throws IOException {
    Map<Integer, String> targets = new HashMap<>();
    for (int fd : KernelView.descriptors()) {
      String target = target(fd);
      if (isOfTheLibrary(target)) {
        targets.put(fd, target);
      }
    }
    return targets;
  }

  private static boolean isOfTheLibrary(String target) {
    return target.startsWith("anon_inode:")
        || target.startsWith("/memfd:inotify4j")
        || target.startsWith("pipe:")
        || target.endsWith("/mountinfo");
  }

  private static String target(int fd) {
    try {
      return Files.readSymbolicLink(OF_THIS_PROCESS.resolve(Integer.toString(fd))).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  private static boolean closesOnExec(int fd) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
        .filter(line -> line.startsWith("flags:"))
        .anyMatch(line -> (Integer.parseInt(line.substring(6).trim(), 8) & LibC.O_CLOEXEC) != 0);
  }
}
