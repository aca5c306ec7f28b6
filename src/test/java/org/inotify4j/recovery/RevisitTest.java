package org.inotify4j.recovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.disk.ClockTick;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.EntryStatus;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.disk.FileStatus;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Inboxes;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Prelude.Step;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.poll.PollPace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds of polling: a directory that one has found, and where the model then finds less, or more;
 * and the watched one, that cannot be read.
 */
final class RevisitTest {

  private static final byte[] DIRECTORY = {'d'};
  private static final byte[] FILE = {'d', '/', 'f'};
  private static final int CAME = Mask.of(Flag.CREATE, Flag.ISDIR);

  @TempDir private Path root;

  private final List<String> told = new ArrayList<>();
  private final Inbox inbox = new Inbox(new ByteBudget(1 << 20));

  /** How many events there is room for. */
  private int room = Integer.MAX_VALUE;

  private int rounds;

  private Recovery begin(LibC libC, Hub hub) throws IOException {
    PollPace often = new PollPace(libC, Duration.ofMillis(10));
    Disk disk = Disk.ofTree(libC, root, false, EntryFilter.NOTHING, false);
    Beginning polled = new Beginning(false, null, true, false, often);
    Recovery recovery = new Recovery(hub, inbox, new Told(), disk, polled);
    recovery.inPlace();
    return recovery;
  }

  /** Where no place in the queue can be marked, nothing has to be waited for. */
  private Recovery beginWithoutMarks(LibC kernel) throws IOException {
    LibC libC =
        Intercepted.by(
            (method, arguments) ->
                List.of("memfdCreate", "pipe2").contains(method.getName())
                    ? -Errno.ENOSYS.number()
                    : Intercepted.pass(kernel, method, arguments));
    return begin(libC, Hubs.open(libC, ScriptedINotify.openForHub(libC)));
  }

  /**
   * The next round is due at once, and its differences are told in pieces: what was not found by
   * the model is told before it, and not in between.
   */
  @Test
  void whatIsGoneWhenTheModelLooks_isToldOnce_beforeTheNextRound() throws Exception {
    Recovery recovery = beginWithoutMarks(SystemLibC.get());
    recovery.bind(
        this::identity,
        directory -> {
          if (Arrays.equals(directory, DIRECTORY)) {
            findLess(recovery);
            awaitRound(recovery);
          }
        });
    Files.createDirectories(root.resolve("d/e/f"));
    awaitTick("d/e");
    room = 4;
    awaitRound(recovery);
    Step unused = recovery.step();
    room = Integer.MAX_VALUE;
    await().until(() -> recovery.step() == Step.DONE);
    assertThat(told).containsExactly("100 d", "100 d/e", "100 d/e/f", "200 d/e");
  }

  /** Else a worker would be woken twenty times a second, for nothing. */
  @Test
  void whereARoundCannotBeMade_itIsNotComeBackBeforeTheNextIsTried() throws Exception {
    AtomicBoolean isRefused = new AtomicBoolean();
    LibC libC =
        Intercepted.by(
            (method, arguments) ->
                isRefused.get() && method.getName().equals("open")
                    ? -Errno.EACCES.number()
                    : Intercepted.pass(SystemLibC.get(), method, arguments));
    Recovery recovery = beginWithoutMarks(libC);
    recovery.bind(this::identity, directory -> {});
    awaitRound(recovery);
    isRefused.set(true);
    assertThat(recovery.step()).isEqualTo(Step.DONE);
    assertThat(recovery.untilNext()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(told).isEmpty();
  }

  /** A file that somebody goes on writing, of which no record tells. */
  @Test
  void whatTheModelFinds_andIsWrittenToSince_isToldAsModified() throws Exception {
    Hub hub = Hub.open();
    Subscription keeping = new Subscription();
    assertThat(hub.attach(keeping)).isTrue();
    try {
      Recovery recovery = begin(SystemLibC.get(), hub);
      recovery.bind(this::identity, directory -> findMore(recovery));
      Files.createDirectory(root.resolve("d"));
      awaitTick("d");
      goOnUntil(recovery, () -> told.contains("2 d/f"));
      int before = rounds;
      goOnUntil(recovery, () -> rounds > before + 2);
      assertThat(told).containsExactly("100 d", "100 d/f", "2 d/f");
    } finally {
      hub.detach(keeping);
    }
  }

  private FileIdentity identity() {
    byte[] path = root.toString().getBytes(UTF_8);
    return FileStatus.of(SystemLibC.get(), 0, path).identity();
  }

  /** Does what a follower does, in which nothing happens. */
  private void goOnUntil(Recovery recovery, BooleanSupplier condition) {
    await()
        .until(
            () -> {
              Inboxes.runMarks(inbox);
              Step unused = recovery.step();
              return condition.getAsBoolean();
            });
  }

  /** The model finds a file that is being written. */
  private void findMore(Recovery recovery) {
    try {
      Files.writeString(root.resolve("d/f"), "some");
      recovery.audience().tell(1, Origin.LISTING, Flag.CREATE.bit(), 0, FILE);
      Files.writeString(root.resolve("d/f"), "some more");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model finds an empty directory. */
  private void findLess(Recovery recovery) {
    try {
      Files.delete(root.resolve("d/e/f"));
      Files.delete(root.resolve("d/e"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    recovery.audience().tell(1, Origin.LISTING, CAME, 0, DIRECTORY);
  }

  /** Waits until the next round is due: it comes as soon as what was told is certain. */
  private static void awaitRound(Recovery recovery) {
    long slice = TimeUnit.MILLISECONDS.toNanos(50);
    await().until(() -> recovery.untilNext() == slice);
  }

  /** What there is now is not taken for what may have changed since. */
  private void awaitTick(String directory) throws IOException {
    EntryStatus status = new EntryStatus(SystemLibC.get());
    await()
        .until(
            () ->
                status.askAt(-100, root.resolve(directory).toString().getBytes(ISO_8859_1), false)
                        == 0
                    && !ClockTick.isAtHand(status.changed(), status.now()));
  }

  /** Writes down what it is told, as long as there is room. */
  private final class Told implements Listener, Interests {

    @Override
    public Interests interests() {
      return this;
    }

    @Override
    public boolean offer(int kinds, Origin origin, int mask, int cookie, byte[] path) {
      boolean isTold = told.size() < room;
      if (isTold) {
        told.add(
            Integer.toHexString(mask & ~Flag.ISDIR.bit()) + " " + new String(path, ISO_8859_1));
      }
      return isTold;
    }

    @Override
    public boolean hasRoom() {
      return told.size() < room;
    }

    @Override
    public boolean offerRename(Origin origin, int mask, int cookie, byte[] from, byte[] to) {
      throw new AssertionError("it wants no renames");
    }

    @Override
    public boolean offerExisting(boolean isDirectory, byte[] path) {
      throw new AssertionError("it wants nothing first");
    }

    @Override
    public boolean offerReady() {
      throw new AssertionError("it wants nothing first");
    }

    @Override
    public void looked(Origin origin) {
      rounds++;
    }

    @Override
    public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
      throw new AssertionError("it is told as there is room");
    }

    @Override
    public void renamed(int mask, int cookie, byte[] from, byte[] to) {
      throw new AssertionError("it wants no renames");
    }

    @Override
    public void unwatched(int mask, int errno, byte[] path) {}

    @Override
    public void recordsLost() {}

    @Override
    public void overflow() {}

    @Override
    public void ended() {}

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void failed(Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public int mask() {
      return Mask.of(Flag.CREATE, Flag.DELETE, Flag.MODIFY);
    }

    @Override
    public int kinds(int mask, boolean hasName) {
      return (mask & mask()) == 0 ? 0 : 1;
    }

    @Override
    public int kindsOfReplacement(int mask) {
      return 0;
    }

    @Override
    public boolean renames() {
      return false;
    }

    @Override
    public boolean unwatched() {
      return false;
    }
  }
}
