package org.inotify4j.file;

import org.inotify4j.follow.Retry;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name leads to, and says whether all is heard there: that is asked where it leads by
 * another way than before, or to a file of another file system, and not for each file that comes.
 * It may not be known for a moment. Then it is as before, and silent where it never was known; it
 * is asked again after a second, and ever more rarely.
 *
 * <p>Confined to the follower's thread, but for {@link #isSilent}.
 */
final class Whereabouts {

  private final NameResolution lookup;
  private final KnownWay way;
  private @Nullable SilenceListener listener;

  /** What was said the last time. Any thread may ask. */
  private volatile boolean isSilent;

  /** Whether it was ever known. */
  private boolean isKnown;

  private final Retry retry = new Retry();

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
    if (who == null || !(isElsewhere(found) || isDue()) || !who.leads(ask())) {
      return found;
    }
    // Who is told from here on has just looked, and may want to hear more of it.
    NameResolution.Found again = lookup.find();
    lookup.release(found.places());
    return again;
  }

  /** Whether it is known to lead to where not all is heard. */
  private boolean ask() {
    Silence silence = lookup.silence();
    if (silence.isCertain()) {
      isKnown = true;
      retry.succeeded();
      isSilent = silence.isFound();
    } else {
      retry.failedInTime();
      if (!isKnown) {
        isSilent = true;
      }
    }
    return silence.isFound();
  }

  /** Whether it is to be asked again, and so the path to be followed. */
  boolean isDue() {
    return retry.isDue();
  }

  /** How long until that, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilDue() {
    return retry.untilDue();
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
