package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.inotify4j.ChildJvm;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording of the JDK is told. */
final class FlightEventsTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final String BOUND = "inotify4j.maxPendingEvents";

  @TempDir private Path recordings;
  private final Recording recording = new Recording();

  /** One whose queue takes 64 events. */
  @Override
  Hub openHub() throws IOException {
    recording.enable("org.inotify4j.Figures").with("period", "endChunk");
    recording.start();
    return SmallQueue.of(64, kernel::openHub);
  }

  @AfterEach
  void end() {
    recording.close();
  }

  private List<RecordedEvent> recorded(String name) throws IOException {
    if (recordings.resolve("r.jfr").toFile().exists()) {
      return events(name);
    }
    recording.stop();
    recording.dump(recordings.resolve("r.jfr"));
    return events(name);
  }

  private List<RecordedEvent> events(String name) throws IOException {
    return RecordingFile.readAllEvents(recordings.resolve("r.jfr")).stream()
        .filter(event -> event.getEventType().getName().equals("org.inotify4j." + name))
        .toList();
  }

  @Test
  void registrationOfATree_unwatchedDirectories_andFigures() throws Exception {
    mkdirs("a/b");
    mkdirs("a/locked");
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, INotifyEventKinds.UNWATCHED);
    told(key);
    touch("a/b/f");
    touch("a/b/g");
    Pending.sync(service);
    long bytes = service.budget().used();

    assertThat(recorded("TreeRegistration"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("path")).isEqualTo(root.toString());
              assertThat(event.getLong("directories")).isEqualTo(4);
              assertThat(event.getLong("watches")).isEqualTo(3);
              assertThat(event.getDuration()).isPositive();
            });
    assertThat(recorded("Unwatched"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("directory")).isEqualTo(root + "/a/locked");
              assertThat(event.getString("reason")).isNotEmpty();
            });
    assertThat(recorded("Figures"))
        .last()
        .satisfies(
            event -> {
              assertThat(event.getLong("services")).isEqualTo(1);
              assertThat(event.getLong("watches")).isEqualTo(3);
              assertThat(event.getLong("keys")).isEqualTo(1);
              assertThat(event.getLong("pendingEvents")).isEqualTo(2);
              assertThat(event.getLong("pendingBytes")).isEqualTo(bytes);
              assertThat(event.getDouble("eventsPerSecond")).isNotNegative();
            });
    assertThat(recorded("QueueOverflow")).isEmpty();
  }

  private void overflow() throws Exception {
    try (Gate gate = kernel.holdReads()) {
      for (int i = 0; i < 100; i++) {
        Files.createTempFile(root, "n", null);
      }
      gate.awaitReached();
      for (int i = 0; i < 100; i++) {
        Files.createTempFile(root, "n", null);
      }
    }
    Pending.sync(service);
  }

  @Test
  void overflowOfTheQueue_andRepair() throws Exception {
    WatchKey key = register(ENTRY_CREATE);
    overflow();
    assertThat(recorded("QueueOverflow")).isNotEmpty();
    assertThat(recorded("Repair"))
        .isNotEmpty()
        .first()
        .satisfies(
            event -> {
              assertThat(event.getString("key")).isEqualTo(key.toString());
              assertThat(event.getLong("number")).isEqualTo(1);
            });
    assertThat(recorded("Rescan")).isEmpty();
  }

  @Test
  void rescan() throws Exception {
    WatchKey key =
        service.register(root, CREATED, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN);
    overflow();
    assertThat(recorded("Rescan"))
        .isNotEmpty()
        .last()
        .satisfies(
            event -> {
              assertThat(event.getString("key")).isEqualTo(key.toString());
              assertThat(event.getLong("entries")).isEqualTo(200);
            });
    assertThat(recorded("PollRound")).isEmpty();
  }

  @Test
  void pollRound() throws Exception {
    WatchEvent.Modifier polled = INotifyModifiers.poll(Duration.ofMillis(20));
    touch("f");
    WatchKey key = service.register(root, CREATED, polled);
    await().until(() -> service.statistics().pollRounds() >= 3);
    assertThat(recorded("PollRound"))
        .isNotEmpty()
        .first()
        .satisfies(
            event -> {
              assertThat(event.getString("key")).isEqualTo(key.toString());
              assertThat(event.getLong("entries")).isEqualTo(1);
            });
  }

  @Test
  void overflowOfAKey() throws Exception {
    System.setProperty(BOUND, "2");
    try (INotifyWatchService small = INotifyWatchService.openDedicated()) {
      WatchKey key = small.register(root, ENTRY_CREATE);
      for (int i = 0; i < 5; i++) {
        touch("f" + i);
      }
      Pending.sync(small);
      assertThat(recorded("KeyOverflow"))
          .singleElement()
          .satisfies(event -> assertThat(event.getString("key")).isEqualTo(key.toString()));
    } finally {
      System.clearProperty(BOUND);
    }
  }

  @Test
  void withoutTheModule_nothingIsMissed() throws Exception {
    assertThat(
            ChildJvm.of(Overflowing.class)
                .options("--limit-modules", "java.base,java.logging,jdk.unsupported")
                .run(root.toString())
                .output())
        .isEqualTo("OVERFLOW, jfr false\n");
  }

  /** Has a key overflow. */
  static final class Overflowing {
    private Overflowing() {}

    public static void main(String[] arguments) throws Exception {
      System.setProperty(BOUND, "1");
      Path root = Path.of(arguments[0]);
      try (INotifyWatchService service = INotifyWatchService.open()) {
        WatchKey tree = service.register(root, CREATED, INotifyModifiers.RECURSIVE);
        Files.createFile(root.resolve("f"));
        Files.createFile(root.resolve("g"));
        boolean isSynced = service.sync(Duration.ofSeconds(30));
        System.out.println(
            (isSynced ? tree.pollEvents().get(0).kind() : "late")
                + ", jfr "
                + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
      }
    }
  }
}
