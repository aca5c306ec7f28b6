package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.concurrent.Callable;
import org.inotify4j.ChildJvm;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No direct memory is left when the library is used for the first time: that fails, and leaves
 * nothing behind; where there is some again the next try works.
 */
final class FirstOpeningFailsTest {

  @ParameterizedTest
  @ValueSource(strings = {"service", "raw", "tree"})
  void forWantOfDirectMemory_laterItWorks(String use, @TempDir Path directory) throws Exception {
    assertThat(
            ChildJvm.of(Program.class)
                .options("-XX:MaxDirectMemorySize=4m")
                .run(use, directory.toString())
                .output()
                .lines())
        .containsExactly(
            "java.lang.OutOfMemoryError", "java.lang.OutOfMemoryError", "taken", "works");
  }

  /** Takes all direct memory, tries twice, gives it back, and tries once more. */
  static final class Program {

    private static final int MOST = 4 << 20;

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[1]);
      Callable<String> use = use(arguments[0], directory);
      @Nullable ByteBuffer taken = takeAll();
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println(use.call());
        } catch (Throwable e) {
          System.out.println(e.getClass().getName());
        }
      }
      System.out.println(taken.capacity() > MOST / 2 ? "taken" : "not taken");
      taken = null;
      System.out.println(use.call());
      while (!KernelView.instances().isEmpty()) {
        Thread.onSpinWait();
      }
    }

    private static ByteBuffer takeAll() {
      long used =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .filter(pool -> pool.getName().equals("direct"))
              .mapToLong(BufferPoolMXBean::getTotalCapacity)
              .sum();
      return ByteBuffer.allocateDirect((int) (MOST - used));
    }

    private static Callable<String> use(String name, Path directory) {
      return switch (name) {
        case "raw" -> () -> raw(directory);
        case "tree" -> () -> use(INotifyWatchService.open(), directory, INotifyModifiers.RECURSIVE);
        default -> () -> use(INotifyWatchService.open(), directory);
      };
    }

    private static String raw(Path directory) throws Exception {
      try (INotify inotify = INotify.open()) {
        inotify.addWatch(directory, Flag.CREATE);
        Files.createFile(directory.resolve("f"));
        return inotify.read().isEmpty() ? "deaf" : "works";
      }
    }

    private static String use(
        INotifyWatchService service, Path path, WatchEvent.Modifier... modifiers) throws Exception {
      try (service) {
        WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
        service.register(path, kinds, modifiers);
        Files.createFile(path.resolve("f"));
        return Pending.next(service).pollEvents().isEmpty() ? "deaf" : "works";
      }
    }
  }
}
