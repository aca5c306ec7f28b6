package org.inotify4j.recovery;

import java.util.function.BooleanSupplier;
import org.inotify4j.entries.KnownEntries;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what an audience was told from who told it until now, when that is closed.
 *
 * <p>Of those that wait for their turn one after the other some may be dropped before it. So nobody
 * keeps who stands before: all in the row know together who of them has told last.
 *
 * <p>One thread at a time uses it, that of the follower.
 */
final class Handover {

  private final Disk disk;
  private final Knowledge knowledge;
  private final KeptPart part;
  private final Scans scans;
  private final BooleanSupplier owes;

  private Row row = new Row(this);

  /** Which one of the row it is. */
  private int number;

  /** Whether there is something to be taken over. */
  private boolean isAhead;

  /** Whether other entries count than those that the predecessor told of. */
  private boolean isOfOthers;

  /** In the first step: the predecessor's, if nothing was missed of what happened there. */
  private @Nullable Disk allToldOf;

  /**
   * That of one who goes on, or is gone on from.
   *
   * @param part where what was told is kept
   * @param owes whether the audience is owed something yet of what is known
   */
  Handover(Disk disk, Knowledge knowledge, KeptPart part, Scans scans, BooleanSupplier owes) {
    this.disk = disk;
    this.knowledge = knowledge;
    this.part = part;
    this.scans = scans;
    this.owes = owes;
  }

  /** Others told the audience until now, and keep nothing of it. Before anything is told. */
  void fromOthers() {
    knowledge.isOfRow = false;
  }

  /**
   * Says who told the audience until now, before anything is told.
   *
   * @param countsOthers whether other entries count by now, so that a look is needed
   */
  void from(Handover before, boolean countsOthers) {
    row = before.row;
    number = ++row.last;
    isAhead = true;
    isOfOthers = countsOthers;
    knowledge.isOfRow = before.knowledge.isOfRow;
  }

  /** Whether there is something to be taken over. */
  boolean isAhead() {
    return isAhead;
  }

  /**
   * Takes over, if that is ahead.
   *
   * @param isPolled whether some of what happens is not heard
   */
  void takeOver(boolean isPolled) {
    knowledge.isOfRow = true;
    if (isAhead) {
      Handover before = row.teller;
      row.teller = this;
      isAhead = false;
      takeOver(before, isPolled);
    }
  }

  private void takeOver(Handover before, boolean isPolled) {
    // What those heard in between who told nothing is still to be told.
    boolean isUnfinished = before.number + 1 != number || before.owes.getAsBoolean();
    if (isOfOthers) {
      boolean isSeamless = !knowledge.owesLook && !isUnfinished;
      allToldOf = isSeamless && !isPolled ? before.disk : null;
      knowledge.owesLook = true;
    }
    KnownEntries known = before.knowledge.known;
    knowledge.owesLook |= isUnfinished || !disk.hasReachOf(before.disk);
    knowledge.known = known == null ? new KnownEntries() : part.takeOver(before.part, known);
    scans.follow(before.knowledge);
  }

  /** Whether all that happened where the predecessor looked was told, and it is the same place. */
  boolean isAllTold() {
    return allToldOf != null && disk.hasRootOf(allToldOf);
  }

  /** The first look is over, or none was needed. */
  void end() {
    allToldOf = null;
  }

  /** Those that go on one from the other. */
  private static final class Row {

    /** Who has told last; the first one until others have. The one that tells has it. */
    Handover teller;

    /** The number of the last one. Who registers has it. */
    int last;

    Row(Handover first) {
      teller = first;
    }
  }
}
