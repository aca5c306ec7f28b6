package org.inotify4j.watch;

import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.Arrays;
import java.util.Objects;
import org.inotify4j.entries.SnapshotDoor;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a registration asks for beyond what happens: what is there, what is different by now, what
 * is lost.
 *
 * @param initial {@link INotifyModifiers#INITIAL}
 * @param rescan {@link INotifyModifiers#RESCAN}
 * @param since the snapshot of {@link INotifyModifiers#since}, if it is asked for
 * @param polling {@link INotifyModifiers#poll}, or null where the properties decide
 * @param isNamed whether a kind is asked for that only comes with one of them
 */
record Recovering(
    boolean initial,
    boolean rescan,
    @Nullable TreeSnapshot since,
    boolean isNamed,
    @Nullable Polling polling) {

  /** Nothing of it. */
  static final Recovering NONE = new Recovering(false, false, null, false, null);

  /** Nothing of it yet, where {@link INotifyEventKinds#EXISTS} or the like is among the kinds. */
  static final Recovering NAMED = new Recovering(false, false, null, true, null);

  Recovering withInitial() {
    return new Recovering(true, rescan, since, isNamed, polling);
  }

  Recovering withRescan() {
    return new Recovering(initial, true, since, isNamed, polling);
  }

  /**
   * With the differences from a snapshot.
   *
   * @throws IllegalArgumentException if there is another one already
   */
  Recovering with(Since newer) {
    if (since != null) {
      throw new IllegalArgumentException("since(...) is given twice: one snapshot only");
    }
    return new Recovering(initial, rescan, newer.snapshot(), isNamed, polling);
  }

  /** With other rounds of polling. */
  Recovering with(Polling newer) {
    return new Recovering(initial, rescan, since, isNamed, newer);
  }

  /** Whether anything is to be told that is not the kernel's. */
  boolean isAnything() {
    return initial || rescan || since != null || polling != null;
  }

  /** Whether something is told before what happens. */
  boolean tellsFirst() {
    return initial || since != null;
  }

  /**
   * Checks that what is asked for goes together.
   *
   * @throws IllegalArgumentException if it does not
   */
  void check(boolean oneShot, boolean file) {
    if (initial && since != null) {
      throw new IllegalArgumentException(
          "INITIAL and since(...) exclude each other: the one tells all that is there, the other"
              + " what is different");
    }
    if (isNamed && !tellsFirst()) {
      throw new IllegalArgumentException(
          "EXISTS and READY are told of what is there at the registration: they need INITIAL, or"
              + " READY since(...)");
    }
    if (oneShot && isAnything()) {
      throw new IllegalArgumentException(
          "ONESHOT ends with the first event: it excludes INITIAL, RESCAN, since(...) and"
              + " poll(...)");
    }
    if (file && since != null) {
      throw new IllegalArgumentException(
          "a snapshot is of a directory: since(...) and FILE exclude each other");
    }
  }

  /**
   * Checks that the snapshot is of the directory that is registered.
   *
   * @throws IllegalArgumentException if it is of another one
   */
  void checkRoot(Path directory) {
    if (since != null
        && !Arrays.equals(
            PathBytes.of(since.root()), PathBytes.of(SnapshotDoor.access().root(directory)))) {
      throw new IllegalArgumentException(
          "the snapshot is of another root: " + since.root() + ", not " + directory);
    }
  }

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Recovering those
        && initial == those.initial
        && rescan == those.rescan
        && isNamed == those.isNamed
        && Objects.equals(since, those.since)
        && Objects.equals(polling, those.polling);
  }

  @Override
  public int hashCode() {
    return Objects.hash(initial, rescan, since, isNamed, polling);
  }

  /** The modifier that has the differences from a snapshot told. */
  record Since(TreeSnapshot snapshot) implements WatchEvent.Modifier {
    @Override
    public String name() {
      return "SINCE";
    }
  }
}
