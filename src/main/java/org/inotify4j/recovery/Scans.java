package org.inotify4j.recovery;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.inotify4j.entries.Differences;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.entries.Scan;
import org.inotify4j.follow.Inbox;
import org.inotify4j.hub.Hub;
import org.inotify4j.poll.SilentPlaces;
import org.jspecify.annotations.Nullable;

/**
 * The looks of a recovery: at everything, or at some places of it. It knows whether the records
 * from before the last one have come by.
 *
 * <p>One thread at a time uses it, that of the follower.
 */
final class Scans {

  private static final Set<String> WHOLE = Set.of(SilentPlaces.ROOT);

  private final Hub hub;
  private final Inbox inbox;
  private final Disk disk;
  private final Knowledge knowledge;
  private final Rounds rounds;

  /** Where what was told is kept. */
  private final KeptPart part;

  /** Whether a place was missed in the last round, and no record has come that says why. */
  private boolean isMissed;

  private int count;

  /** The places of the last look. */
  private Set<String> places = WHOLE;

  /** Whether that was at those only. */
  private boolean isOfPart;

  Scans(Hub hub, Inbox inbox, Disk disk, Knowledge knowledge, Rounds rounds, KeptPart part) {
    this.hub = hub;
    this.inbox = inbox;
    this.disk = disk;
    this.knowledge = knowledge;
    this.rounds = rounds;
    this.part = part;
  }

  /** Looks for the first time at what is kept. */
  Scan first() throws IOException {
    if (part.isWhole()) {
      return whole();
    }
    Set<String> these = part.beginAnew();
    Scan scan = disk.scan(these);
    looked(these, true);
    return scan;
  }

  /** Looks at everything. */
  Scan whole() throws IOException {
    Scan scan = disk.scan();
    looked(WHOLE, false);
    return scan;
  }

  /**
   * Looks at the places whose round it is: at everything where one of them is not there.
   *
   * @return null if only those places are kept, and one is not where it was told to be
   */
  @Nullable Scan round(KnownEntries known) throws IOException {
    if (knowledge.owesLook && !part.isWhole()) {
      part.lookAtAll();
    }
    Set<String> these = rounds.places();
    if (!part.isWhole()) {
      part.begin(known, these, rounds.now());
      Set<String> those = part.expected(known, these);
      Scan scan = disk.scan(those, isMissed ? List.of() : those);
      isMissed = false;
      if (scan == null) {
        // Records that are queued may say so; if they do not, nothing else does.
        rounds.again(these);
        mark(() -> isMissed = true);
      } else {
        looked(those, true);
      }
      return scan;
    }
    boolean isWhole = these.contains(SilentPlaces.ROOT) || disk.isOneName();
    Scan scan = isWhole ? null : disk.scan(these, these);
    if (scan == null) {
      return whole();
    }
    looked(these, true);
    return scan;
  }

  private void looked(Set<String> these, boolean isPart) {
    places = these;
    isOfPart = isPart;
    knowledge.wasWhole = !isPart;
    knowledge.owesLook = false;
    awaitRecords();
  }

  /** What is known from here on was known to another one, whose last look was not long ago. */
  void follow(Knowledge other) {
    if (other.leftBehindLook) {
      knowledge.wasWhole = other.wasWhole;
      awaitRecords();
    }
  }

  /** Records that are queued now are of what a look has seen. */
  private void awaitRecords() {
    int number = ++count;
    knowledge.isBehindLook = true;
    mark(() -> knowledge.isBehindLook &= number != count);
  }

  /** Does something when the records have come that are queued now. */
  private void mark(Runnable action) {
    if (!inbox.markIn(hub, action)) {
      inbox.mark(action);
    }
  }

  /** What differs from what is known, by the last look. */
  Differences differences(KnownEntries known, Scan scan) {
    return isOfPart ? disk.differences(known, scan, places) : known.differencesTo(scan);
  }

  /** What the last look found has been told. */
  void told(KnownEntries known, Scan scan) {
    if (isOfPart) {
      known.replacePart(scan);
    } else {
      known.replace(scan);
    }
  }

  /**
   * Forgets places that had their last round, when the records from before that have come, and none
   * of them has another one looked at.
   */
  void keepLess() {
    KnownEntries known = knowledge.known;
    boolean isOver = !knowledge.isBehindLook && !knowledge.owesLook;
    if (known != null && isOver && part.isTooMuch()) {
      knowledge.known = part.keepLess(known);
    }
  }
}
