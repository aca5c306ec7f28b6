package org.inotify4j.watch;

import static org.inotify4j.watch.FreshNames.ABSENT;
import static org.inotify4j.watch.FreshNames.NONE;
import static org.inotify4j.watch.FreshNames.PRESENT;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes exactly one creation of what is both read from the disk and reported by the kernel.
 *
 * <p>A directory that is read shows a state that lies ahead of the events that are still queued.
 * The watch was placed before, so the kernel reports each change since, those that the reading saw
 * and those that it did not, and there is no telling which is which. It need not be told: what
 * counts is what the program believes. So the names that it was told of are kept. Until a mark in
 * the kernel's queue that was set after the reading has come by, a creation of a name that the
 * program knows of is passed over, and so is the deletion of one that it does not know of; every
 * other one is told, and noted. When the mark comes the noted state and the real one are the same,
 * and the names are forgotten.
 *
 * <p>Readings are counted in batches; a mark stands for all batches up to its own.
 */
final class Freshness {

  private final Map<Integer, FreshNames> tables = new HashMap<>();
  private int batch = 1;
  private int confirmed;
  private boolean used;

  /** The batch of what is read now. */
  int batch() {
    return batch;
  }

  /** The last batch whose mark has come. */
  int confirmed() {
    return confirmed;
  }

  /** Whether this batch needs a mark. */
  boolean isUsed() {
    return used;
  }

  /** This batch needs a mark. */
  void use() {
    used = true;
  }

  /** What is read from here on replaces what was read of the same directories before. */
  void renew() {
    batch++;
  }

  /** Says that a directory is read now. */
  void reading(TreeNode directory) {
    directory.since = batch;
    used = true;
  }

  /** Ends the batch, which then needs a mark. */
  int endBatch() {
    used = false;
    return batch++;
  }

  /** The mark of a batch has come. */
  void reached(int reached) {
    confirmed = Math.max(confirmed, reached);
    tables.keySet().removeIf(number -> number <= confirmed);
  }

  /** Whether the creation of an entry is to be told. */
  boolean appears(TreeNode directory, byte[] name) {
    return switch (state(directory, name)) {
      case PRESENT -> false;
      case ABSENT -> {
        put(directory, name, true);
        yield true;
      }
      default -> true;
    };
  }

  /** Whether the deletion of an entry is to be told. */
  boolean vanishes(TreeNode directory, byte[] name) {
    return switch (state(directory, name)) {
      case ABSENT -> false;
      case PRESENT -> {
        put(directory, name, false);
        yield true;
      }
      default -> true;
    };
  }

  /** Whether the program may know of an entry. */
  boolean isThere(TreeNode directory, byte[] name) {
    return state(directory, name) != ABSENT;
  }

  /** Whether the program is known to know of an entry. */
  boolean isKnown(TreeNode directory, byte[] name) {
    return state(directory, name) == PRESENT;
  }

  /** Notes what the program was told of an entry. */
  void put(TreeNode directory, byte[] name, boolean present) {
    int number = batch;
    if (directory.since > confirmed) {
      number = directory.since;
    } else {
      used = true;
    }
    tables
        .computeIfAbsent(number, n -> new FreshNames())
        .put(directory.wd, name, present ? PRESENT : ABSENT);
  }

  private int state(TreeNode directory, byte[] name) {
    if (directory.since > confirmed) {
      @Nullable FreshNames table = tables.get(directory.since);
      int state = table == null ? NONE : table.state(directory.wd, name);
      return state == NONE ? ABSENT : state;
    }
    for (int number = batch; number > confirmed && !tables.isEmpty(); number--) {
      @Nullable FreshNames table = tables.get(number);
      int state = table == null ? NONE : table.state(directory.wd, name);
      if (state != NONE) {
        return state;
      }
    }
    return NONE;
  }
}
