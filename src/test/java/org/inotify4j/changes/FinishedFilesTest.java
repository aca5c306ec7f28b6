package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Origin;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of files whose closing is heard late, after a look has found them finished. */
final class FinishedFilesTest {

  private static final byte[] A = "a".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path root;

  private final Subscription keeping = new Subscription();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private volatile boolean isFull;
  private Hub hub;
  private FinishedFiles files;

  @BeforeEach
  void open() throws Exception {
    hub = Hub.open();
    assertThat(hub.attach(keeping)).isTrue();
    files =
        new FinishedFiles(hub, new WatchRoot(root, WatchRoot.Reach.TREE), new Told(), faults::add);
  }

  @AfterEach
  void close() {
    hub.detach(keeping);
  }

  @Test
  void closingThatIsHeardAfterALook_isNotToldOnceMore() throws Exception {
    Path file = Files.writeString(root.resolve("a"), "one");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    files.created(A, false, false, false, Origin.KERNEL);
    await().until(() -> told.equals(List.of("CREATED a")));
    files.finished(A, Origin.KERNEL);
    assertThat(told).containsExactly("CREATED a");
  }

  @Test
  void fileThatIsWrittenAfterALook_isTold() throws Exception {
    Path file = Files.writeString(root.resolve("a"), "one");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    files.created(A, false, false, false, Origin.KERNEL);
    await().until(() -> told.equals(List.of("CREATED a")));
    Files.writeString(file, "two");
    files.finished(A, Origin.KERNEL);
    assertThat(told).containsExactly("CREATED a", "MODIFIED a");
  }

  /** Its times may be those of a write that the look has not seen. */
  @Test
  void fileThatWasWrittenAMomentBeforeALook_isRatherToldOnceMore() throws Exception {
    Path file = Files.writeString(root.resolve("a"), "one");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    files.created(A, false, false, false, Origin.KERNEL);
    await().until(() -> told.equals(List.of("CREATED a")));
    files.finished(A, Origin.KERNEL);
    assertThat(told).containsExactly("CREATED a", "MODIFIED a");
  }

  @Test
  void lookThatFails_isAFault() throws Exception {
    isFull = true;
    Files.writeString(root.resolve("a"), "one");
    files.created(A, false, false, false, Origin.KERNEL);
    await().until(() -> !faults.isEmpty());
    assertThat(faults.get(0)).isInstanceOf(OutOfMemoryError.class);
  }

  /** Writes down what it is told. */
  private final class Told implements ChangeSink {

    private void add(String what, byte[] path) {
      if (isFull) {
        throw new OutOfMemoryError("on purpose");
      }
      told.add(what + " " + new String(path, StandardCharsets.UTF_8));
    }

    @Override
    public void existing(byte[] path, boolean isDirectory) {
      add("EXISTING", path);
    }

    @Override
    public void created(
        byte[] path, boolean isDirectory, boolean isMoved, boolean replaces, Origin origin) {
      add("CREATED", path);
    }

    @Override
    public void modified(byte[] path, boolean isDirectory, Origin origin) {
      add("MODIFIED", path);
    }

    @Override
    public void finished(byte[] path, Origin origin) {
      add("FINISHED", path);
    }

    @Override
    public void deleted(byte[] path, boolean isDirectory, Origin origin) {
      add("DELETED", path);
    }

    @Override
    public void moved(
        byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin) {
      add("MOVED", to);
    }

    @Override
    public void takeBack(KnownEntries known) {}

    @Override
    public void whenLooked(Runnable action) {
      action.run();
    }
  }
}
