package org.inotify4j.recovery;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.entries.EntryColumns;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Relay;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what a model tells, and notes it as known.
 *
 * <p>A record that comes after a look which saw the same already is passed over, since it changes
 * nothing that is known: the creation of what is known, the arrival of what that look has seen and
 * is still there, the end and the modification of what is not known. One that does not fit what is
 * known at all, as where a look has seen a directory at neither of two places, has the disk looked
 * at once more.
 */
final class ToldAudience implements Relay {

  private static final int CAME = Mask.of(Flag.CREATE, Flag.MOVED_TO);
  private static final int WENT = Mask.of(Flag.DELETE, Flag.MOVED_FROM);

  private final Listener listener;
  private final Disk disk;
  private final Beginning beginning;
  private final Knowledge knowledge;
  private final Interests interests;

  /** Where what is told is kept. */
  private final KeptPart part;

  private final Rounds rounds;

  /** The directory that is known already, and is being found. */
  private @Nullable Revisit revisit;

  ToldAudience(
      Listener listener,
      Disk disk,
      Beginning beginning,
      Knowledge knowledge,
      KeptPart part,
      Rounds rounds) {
    this.listener = listener;
    this.disk = disk;
    this.beginning = beginning;
    this.knowledge = knowledge;
    this.part = part;
    this.rounds = rounds;
    Interests wanted = listener.interests();
    this.interests =
        beginning.isKept() ? WholeInterests.inEntries(wanted) : WholeInterests.inPlaces(wanted);
  }

  @Override
  public Audience next() {
    return listener;
  }

  @Override
  public Interests interests() {
    return interests;
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    int wanted = kinds & ~WholeInterests.NOTED;
    byte[] entry = disk.entry(path);
    revisited(origin, mask, entry);
    boolean isKept = part.covers(entry);
    if (isKept) {
      endOther(origin, mask, path, entry);
    }
    KnownEntries current = knowledge.known;
    if (current == null || knowledge.owesFresh || entry.length == 0 || !isKept) {
      offerAlways(wanted, origin, mask, cookie, path);
      if (current != null && !isKept) {
        part.passes(current, mask, entry);
      }
    } else if (!knowledge.owesLook
        && (knowledge.isBefore || isNews(current, origin, mask, entry))) {
      if ((mask & CAME) != 0 && !current.mayHave(entry)) {
        // It is in a directory that a look has seen elsewhere.
        knowledge.owesLook |= !(knowledge.isBehindLook && knowledge.wasWhole);
      } else {
        int fitting = fitting(current, kinds, mask, entry) & ~WholeInterests.NOTED;
        tellAndNote(current, fitting, origin, mask, cookie, path);
      }
    } else if (!knowledge.owesLook && Flag.MOVED_TO.isIn(mask) && Flag.ISDIR.isIn(mask)) {
      beginRevisit(entry);
    } else if (isAnotherThanKnown(current, origin, mask, entry)) {
      knowledge.owesLook = true;
    }
  }

  /**
   * Whether the model has found a file where it knew of none, and a round has told of another one
   * at that name meanwhile: of what came in silence the model does not know.
   */
  private boolean isAnotherThanKnown(KnownEntries known, Origin origin, int mask, byte[] entry) {
    return disk.isOneName()
        && origin == Origin.LISTING
        && Flag.CREATE.isIn(mask)
        && known.has(entry)
        && !disk.isSame(known, entry);
  }

  /**
   * What a file that came to the one name is told as: whether it takes the place of another one is
   * known here, and not by the model where that one came or went in silence.
   */
  private int fitting(KnownEntries known, int kinds, int mask, byte[] entry) {
    if (knowledge.isBefore || !disk.isOneName() || (mask & CAME) == 0) {
      return kinds;
    }
    return known.has(entry) ? interests.kindsOfReplacement(mask) : interests.kinds(mask, true);
  }

  private void tellAndNote(
      KnownEntries current, int wanted, Origin origin, int mask, int cookie, byte[] path) {
    byte[] entry = disk.entry(path);
    boolean isFoundInSilence = origin == Origin.LISTING && rounds.cover(entry);
    // Before it is told: whatever is done to it from then on no record may tell.
    EntryColumns seen = isFoundInSilence ? disk.see(entry) : null;
    if (wanted != 0 && !offer(wanted, origin, inPlaceOf(current, mask, entry), cookie, path)) {
      knowledge.noRoom();
      return;
    }
    note(current, mask, entry);
    if (seen != null) {
      current.wasSeen(entry, seen);
    }
  }

  /** The mask, with a mark where what comes takes the place of what is known. */
  private int inPlaceOf(KnownEntries current, int mask, byte[] entry) {
    boolean replaces = beginning.neverOverflows() && Flag.MOVED_TO.isIn(mask) && current.has(entry);
    return replaces ? mask | Listener.REPLACES : mask;
  }

  /** What no look could find is told even where a look is owed, as there is room. */
  private void offerAlways(int wanted, Origin origin, int mask, int cookie, byte[] path) {
    if (wanted != 0 && !offer(wanted, origin, mask, cookie, path)) {
      knowledge.noRoom();
    }
  }

  private boolean offer(int wanted, Origin origin, int mask, int cookie, byte[] path) {
    if (beginning.neverOverflows()) {
      return listener.offer(wanted, origin, mask, cookie, path);
    }
    listener.tell(wanted, origin, mask, cookie, path);
    return true;
  }

  /** What comes as another type than is known takes the place of that, of which nobody spoke. */
  private void endOther(Origin origin, int mask, byte[] path, byte[] entry) {
    KnownEntries known = knowledge.known;
    if (known != null && !knowledge.owesFresh && Flag.CREATE.isIn(mask) && known.has(entry)) {
      boolean isDirectory = Flag.ISDIR.isIn(mask);
      boolean wasDirectory = known.isDirectory(entry);
      if (wasDirectory != isDirectory) {
        tellEnd(origin, path, wasDirectory);
      } else if (isDirectory) {
        beginRevisit(entry);
      }
    }
  }

  private void beginRevisit(byte[] directory) {
    if (revisit == null) {
      revisit = new Revisit(directory);
    }
  }

  private void tellEnd(Origin origin, byte[] path, boolean wasDirectory) {
    int end = Flag.DELETE.bit() | (wasDirectory ? Flag.ISDIR.bit() : 0);
    tell(interests.kinds(end, true), origin, end, 0, path);
  }

  /** Goes on with, or ends, what is being found in a directory that is known already. */
  private void revisited(Origin origin, int mask, byte[] entry) {
    Revisit current = revisit;
    if (current != null) {
      if (origin == Origin.LISTING && current.covers(entry)) {
        current.finds(entry);
      } else if (origin != Origin.LISTING || (mask & WENT) == 0) {
        endRevisit();
      }
    }
  }

  @Override
  public void remains(byte[] path) {
    byte[] entry = disk.entry(path);
    Revisit current = revisit;
    if (current != null && current.isOf(entry)) {
      revisit = null;
    } else if (current != null && current.covers(entry)) {
      current.findsAll(entry);
    }
  }

  /** All has been found that is in a directory that came: what is left of it is gone. */
  void endRevisit() {
    Revisit current = revisit;
    KnownEntries known = knowledge.known;
    revisit = null;
    if (current != null && known != null && !knowledge.owesLook && !knowledge.owesFresh) {
      for (byte[] entry : current.gone(known)) {
        tellEnd(Origin.LISTING, entry, known.isDirectory(entry));
      }
    }
  }

  /** An end is news whatever it is the end of: the model finds what is at the place instead. */
  private boolean isNews(KnownEntries known, Origin origin, int mask, byte[] entry) {
    if ((mask & Flag.CREATE.bit()) != 0) {
      return !known.has(entry);
    }
    boolean isOfThatType = known.isDirectory(entry) == Flag.ISDIR.isIn(mask);
    if ((mask & CAME) != 0) {
      // What a look has seen there is what moved there before that.
      boolean isSeen = knowledge.isBehindLook && isOfThatType && disk.isSame(known, entry);
      return !isSeen && !(origin == Origin.LISTING && isToldByRound(known, entry));
    }
    return known.has(entry) && ((mask & WENT) != 0 || isOfThatType);
  }

  /** Whether a round has told of the very file that a look of the model found at a name. */
  private boolean isToldByRound(KnownEntries known, byte[] entry) {
    return disk.isOneName()
        && rounds.arePending()
        && !known.hasUncertain()
        && disk.isSame(known, entry);
  }

  private void note(KnownEntries known, int mask, byte[] entry) {
    if ((mask & CAME) != 0) {
      boolean isDirectory = Flag.ISDIR.isIn(mask);
      if (known.has(entry) && (isDirectory || known.isDirectory(entry))) {
        known.remove(entry);
      }
      if (!known.add(entry, isDirectory)) {
        known.touch(entry);
      }
    } else if ((mask & WENT) != 0) {
      known.remove(entry);
      rounds.leaves(entry);
    } else {
      known.touch(entry);
    }
    knowledge.told();
  }

  /** What moves out of where it is kept may have changed in silence: it is to be found anew. */
  @Override
  public boolean movesWhole(byte[] from, byte[] to) {
    return knowledge.known == null
        || knowledge.owesFresh
        || part.covers(to)
        || !part.covers(from)
        || !tellsComingAndGoing();
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    endRevisit();
    KnownEntries current = knowledge.known;
    if (current == null || knowledge.owesFresh) {
      listener.renamed(mask, cookie, from, to);
    } else if (!part.covers(from) || !part.covers(to)) {
      renamedAcross(current, mask, cookie, from, to);
    } else if (!knowledge.owesLook) {
      boolean isOther = current.isDirectory(from) != Flag.ISDIR.isIn(mask);
      if (!knowledge.isBefore
          && (isOther || !current.mayMove(from, to) || isOfAnother(current, from, to))) {
        // A look has seen it at one of its places at most: another one finds where it is.
        knowledge.owesLook = true;
      } else if (!offerRename(inPlaceOf(current, mask, to), cookie, from, to)) {
        knowledge.noRoom();
      } else {
        noteRename(current, mask, from, to);
      }
    }
  }

  /**
   * Whether a look may have seen another entry at the old name, which came there since: its content
   * is not what moved.
   */
  private boolean isOfAnother(KnownEntries current, byte[] from, byte[] to) {
    return knowledge.isBehindLook && !disk.isAt(current, from, to);
  }

  private void noteRename(KnownEntries current, int mask, byte[] from, byte[] to) {
    if (!current.move(from, to)) {
      // It is not known at its old place: a look finds what is in it.
      knowledge.owesLook = true;
      note(current, Flag.MOVED_TO.bit() | (mask & Flag.ISDIR.bit()), to);
    }
    current.touchMoved(to);
    rounds.moves(from, to);
    knowledge.told();
  }

  /**
   * Not both ends are where what is told is kept. What the audience knows of what moves in is not
   * known here, and what moves out may have changed in silence: so it goes, and comes anew with
   * what is found in it. A file that moves in is only looked at.
   */
  private void renamedAcross(KnownEntries current, int mask, int cookie, byte[] from, byte[] to) {
    boolean movesIn = part.covers(to);
    if (!movesIn && !part.covers(from)) {
      listener.renamed(mask, cookie, from, to);
      part.passes(current, from, to);
      return;
    }
    int went = mask & ~Flag.MOVED_TO.bit();
    int came = mask & ~Flag.MOVED_FROM.bit();
    boolean isRenamed = (movesIn && !Flag.ISDIR.isIn(mask)) || !tellsComingAndGoing();
    if (!isRenamed) {
      tell(interests.kinds(went, true), Origin.KERNEL, went, cookie, from);
      tell(interests.kinds(came, true), Origin.KERNEL, came, cookie, to);
    } else {
      listener.renamed(mask, cookie, from, to);
      note(current, movesIn ? came : went, movesIn ? to : from);
    }
    knowledge.owesLook |= movesIn;
  }

  private boolean tellsComingAndGoing() {
    Interests wanted = listener.interests();
    return wanted.kinds(Flag.CREATE.bit(), true) != 0 && wanted.kinds(Flag.DELETE.bit(), true) != 0;
  }

  private boolean offerRename(int mask, int cookie, byte[] from, byte[] to) {
    if (beginning.neverOverflows()) {
      return listener.offerRename(Origin.KERNEL, mask, cookie, from, to);
    }
    listener.renamed(mask, cookie, from, to);
    return true;
  }

  /** What was seen since the last record may be more than was told, and will never be told. */
  @Override
  public void recordsLost() {
    endRevisit();
    knowledge.lost();
    listener.recordsLost();
  }

  @Override
  public void overflow() {
    if (beginning.neverOverflows()) {
      knowledge.owesLook = true;
    } else {
      listener.overflow();
      knowledge.owesFresh |= beginning.isWholeKept() && !knowledge.owesLook;
    }
    part.overflow();
    knowledge.lost();
  }

  @Override
  public void othersLost() {
    if (beginning.neverOverflows() && !knowledge.isOfRow) {
      listener.overflow(); // No look finds what it was told.
    }
    overflow();
  }

  @Override
  public void leaves() {
    knowledge.leftBehindLook = knowledge.isBehindLook;
    if (beginning.neverOverflows() && knowledge.owesLook && !knowledge.isTakenOver) {
      listener.overflow(); // Nobody looks for it.
    }
  }

  @Override
  public String toString() {
    return listener.toString();
  }
}
