package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel's queue overflows while a directory is being registered. */
final class EarlyOverflowTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};
  private static final int QUEUE = 16;

  private final AlteredKernel kernel = new AlteredKernel();

  @TempDir private Path scratch;

  /** What follows a directory looks at it behind the overflow, and needs not be told. */
  static Stream<Arguments> registrations() {
    WatchEvent.Modifier[] none = {};
    WatchEvent.Modifier[] tree = {INotifyModifiers.RECURSIVE};
    WatchEvent.Modifier[] toldAll = {INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN};
    return Stream.of(
        arguments(none, List.of("OVERFLOW")),
        arguments(tree, List.of()),
        arguments(toldAll, List.of()));
  }

  @ParameterizedTest
  @MethodSource("registrations")
  void whoHearsOfEventsOnly_isToldThatSomeMayBeLost(
      WatchEvent.Modifier[] modifiers, List<String> told) throws Exception {
    Path root = Files.createDirectory(scratch.resolve("root"));
    Path busy = Files.createDirectory(scratch.resolve("busy"));
    Hub hub = SmallQueue.of(QUEUE, kernel::openHub);
    try (INotifyWatchService other = INotifyWatchService.open(hub);
        INotifyWatchService service = INotifyWatchService.open(hub)) {
      WatchKey others = other.register(busy, KINDS);
      Gate beforePlacing = kernel.holdPlacing("root");
      FutureTask<WatchKey> registering =
          new FutureTask<>(() -> service.register(root, KINDS, modifiers));
      new Thread(registering, "registering").start();
      beforePlacing.awaitReached();
      try (Gate reads = kernel.holdReads()) {
        for (int i = 0; i < 2 * QUEUE; i++) {
          Files.createFile(busy.resolve("f" + i));
        }
        reads.open();
      }
      Pending.sync(other);
      assertThat(Told.by(others)).contains("OVERFLOW");
      beforePlacing.open();
      WatchKey key = registering.get(30, TimeUnit.SECONDS);
      Pending.sync(service);
      assertThat(Told.by(key)).isEqualTo(told);
      Files.createFile(root.resolve("f"));
      Pending.sync(service);
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE f");
    }
  }
}
