package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is moved in, complete, while somebody looks what there is: the look sees it, and the record
 * comes behind. It is told once, as what is made in place is.
 */
final class MovedInWhileLookedTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};
  private static final WatchEvent.Modifier POLL = INotifyModifiers.poll(Duration.ofMillis(100));

  static Stream<List<WatchEvent.Modifier>> keys() {
    return Stream.of(
        List.of(POLL),
        List.of(POLL, INotifyModifiers.RESCAN),
        List.of(POLL, INotifyModifiers.RECURSIVE),
        List.of(POLL, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN));
  }

  private WatchKey register(List<WatchEvent.Modifier> modifiers) throws Exception {
    return service.register(root, KINDS, modifiers.toArray(WatchEvent.Modifier[]::new));
  }

  /**
   * Moves it in when a round has begun, which sees it before its record is looked at: how many
   * rounds there were before.
   */
  @CanIgnoreReturnValue
  private long moveInDuringARound(Path from, String to) throws Exception {
    try (Gate gate = kernel.holdListing("root")) {
      gate.awaitReached();
      Files.move(from, root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
      return service.statistics().pollRounds();
    }
  }

  /** So many events, and nothing more by when some more rounds are over. */
  private List<String> told(WatchKey key, int count) throws Exception {
    List<String> told = new ArrayList<>();
    await()
        .until(
            () -> {
              told.addAll(Told.by(key));
              return told.size() >= count;
            });
    Pending.awaitRounds(service, 2);
    Pending.sync(service);
    told.addAll(Told.by(key));
    return told;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void file_isToldOnce(List<WatchEvent.Modifier> modifiers) throws Exception {
    WatchKey key = register(modifiers);
    moveInDuringARound(Files.writeString(outside.resolve("f"), "text"), "f");
    assertThat(told(key, 1)).containsExactly("ENTRY_CREATE f");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void fileThatIsReplacedBehindTheLook_isToldAsThat(List<WatchEvent.Modifier> modifiers)
      throws Exception {
    WatchKey key = register(modifiers);
    Path other = Files.writeString(outside.resolve("g"), "other text");
    long rounds = moveInDuringARound(Files.writeString(outside.resolve("f"), "text"), "f");
    await().until(() -> service.statistics().pollRounds() > rounds);
    Files.move(other, root.resolve("f"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(told(key, 2)).startsWith("ENTRY_CREATE f").endsWith("ENTRY_CREATE f");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void directory_isToldOnce_withWhatIsInIt(List<WatchEvent.Modifier> modifiers) throws Exception {
    boolean isTree = modifiers.contains(INotifyModifiers.RECURSIVE);
    WatchKey key = register(modifiers);
    Path directory = Files.createDirectories(outside.resolve("d"));
    Files.createFile(directory.resolve("f"));
    moveInDuringARound(directory, "d");
    List<String> expected =
        isTree ? List.of("ENTRY_CREATE d", "ENTRY_CREATE d/f") : List.of("ENTRY_CREATE d");
    assertThat(told(key, expected.size())).containsExactlyElementsOf(expected);
    Files.delete(root.resolve("d/f"));
    Pending.sync(service);
    assertThat(Told.by(key))
        .containsExactlyElementsOf(isTree ? List.of("ENTRY_DELETE d/f") : List.of());
  }

  /** Whatever was done to it since: it is the same file that was seen. */
  @ParameterizedTest
  @MethodSource("keys")
  void fileThatIsWrittenBehindTheLook_isToldOnce(List<WatchEvent.Modifier> modifiers)
      throws Exception {
    WatchKey key = register(modifiers);
    Path file = Files.writeString(outside.resolve("f"), "text");
    awaitNextTick(file);
    List<String> told = new ArrayList<>();
    try (Gate reads = kernel.holdReads()) {
      moveInDuringARound(file, "f");
      await().until(() -> told.addAll(Told.by(key)));
      Files.writeString(root.resolve("f"), "other text");
      reads.open();
      told.addAll(told(key, 0));
    }
    assertThat(told).containsExactly("ENTRY_CREATE f");
  }

  /** The clock of the file system goes on: what is born from here on bears another time. */
  private static void awaitNextTick(Path file) {
    await()
        .until(
            () -> {
              Path other = Files.createTempFile(file.getParent(), "clock", "");
              return Files.getLastModifiedTime(other).compareTo(Files.getLastModifiedTime(file))
                  > 0;
            });
  }

  static Stream<List<WatchEvent.Modifier>> trees() {
    return keys().filter(modifiers -> modifiers.contains(INotifyModifiers.RECURSIVE));
  }

  /** What moves on into it is found while it is read, and is watched at its old place then. */
  @ParameterizedTest
  @MethodSource("trees")
  void directoryIntoWhichAnotherMoves_isNotTakenForEmpty(List<WatchEvent.Modifier> modifiers)
      throws Exception {
    mkdirs("x");
    WatchKey key = register(modifiers);
    List<String> expected = new ArrayList<>(List.of("ENTRY_CREATE d", "ENTRY_CREATE d/x"));
    for (int i = 0; i < 8; i++) {
      Files.createDirectories(outside.resolve("d/y" + i));
      expected.add("ENTRY_CREATE d/y" + i);
    }
    try (Gate gate = kernel.holdListing("root")) {
      gate.awaitReached();
      move(outside.resolve("d"), root.resolve("d"));
      move("x", "d/x");
    }
    assertThat(told(key, expected.size()))
        .containsAll(expected)
        .noneMatch(event -> event.startsWith("ENTRY_DELETE d/"));
  }
}
