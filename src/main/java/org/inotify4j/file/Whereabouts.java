package org.inotify4j.file;

import org.jspecify.annotations.Nullable;

/**
 * Finds what a name leads to, and says whether all is heard there: that is asked where it leads by
 * another way than before, or to a file of another file system, and not for each file that comes.
 *
 * <p>Confined to the follower's thread, but for {@link #isSilent}.
 */
final class Whereabouts {

  private final NameResolution lookup;
  private final KnownWay way;
  private @Nullable SilenceListener listener;

  /** What was said the last time. Any thread may ask. */
  private volatile boolean isSilent;

  /** That of the last file, when it was asked. */
  private long device;

  Whereabouts(NameResolution lookup, KnownWay way) {
    this.lookup = lookup;
    this.way = way;
  }

  /** Has it be asked, before anything is found. */
  void bind(SilenceListener who) {
    listener = who;
  }

  /** Whether not all is heard where it led to the last time; false as long as nobody asks. */
  boolean isSilent() {
    return isSilent;
  }

  /** What the path leads to now, as {@link NameResolution#find} has it. */
  NameResolution.Found find() {
    NameResolution.Found found = lookup.find();
    SilenceListener who = listener;
    if (who == null || !isElsewhere(found)) {
      return found;
    }
    boolean toSilence = lookup.isSilent();
    isSilent = toSilence;
    if (!who.leads(toSilence)) {
      return found;
    }
    // Who is told from here on has just looked, and may want to hear more of it.
    NameResolution.Found again = lookup.find();
    lookup.release(found.places());
    return again;
  }

  private boolean isElsewhere(NameResolution.Found found) {
    if (found.failure() != null) {
      return false;
    }
    InodeWatch target = found.target();
    long now = target == null ? device : target.device();
    // What is not watched may be another one than before.
    boolean isElsewhere = now != device || found.unseen() != null || !way.isThatOf(found);
    device = now;
    return isElsewhere;
  }
}
