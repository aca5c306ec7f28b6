package org.inotify4j.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.entries.Differences;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.entries.Scan;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Prelude;
import org.inotify4j.hub.Hub;
import org.inotify4j.poll.PollPace;
import org.jspecify.annotations.Nullable;

/**
 * Tells an audience by what it was told until now what no record says: what was there before, what
 * is different from then, what was lost, what was done where the kernel is silent. Each is the
 * difference between what is known and what a look at the disk finds.
 *
 * <p><b>What is known</b> follows each event that is told ({@link ToldAudience}), and nothing else
 * changes it. So whatever a look sees, early or late, the differences from what is known are what
 * the audience needs.
 *
 * <p><b>A look is owed</b> from when records are lost, or from when there is no room for an event.
 * From then on nothing is told, for the look will find it; the model goes on following, so that all
 * is watched. When there is room again the disk is looked at, and what differs is told piece by
 * piece, as there is room. While that waits for room, records wait in the inbox. Should that
 * overflow, a look is owed again.
 *
 * <p><b>Polling</b> is such a look now and then, when all that was told is certain: else what was
 * told just now would be told once more.
 *
 * <p>One thread at a time uses it, that of the follower, but for {@link #ask}.
 */
public final class Recovery implements Prelude {

  /** How long a step takes at most, in nanoseconds. */
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

  private final Hub hub;
  private final Inbox inbox;
  private final Listener listener;
  private final Disk disk;
  private final Beginning beginning;
  private final QuietLooks looks;
  private final Knowledge knowledge;
  private final ToldAudience audience;
  private final Handover handover;
  private final Rounds rounds;
  private final Scans scans;
  private final KeptPart part;
  private final NextLook nextLook;
  private final Questions questions = new Questions();

  private @Nullable Telling telling;
  private @Nullable Scan toldFrom;

  /** Whether READY is to be told, when what is told first is over. */
  private boolean owesReady;

  /**
   * Whether others who do not know what is told here tell what happens from some place on. Who
   * registers them says so before that is marked: so a look that was over before saw nothing of it.
   */
  private volatile boolean looksNoMore;

  /** Has the model look at a directory that no record told of. */
  private Consumer<byte[]> unheard = directory -> {};

  /** The directories of the telling at hand that no record told of. */
  private List<byte[]> unheardDirectories = List.of();

  /**
   * One that has told nothing.
   *
   * @param inbox where the model's records come
   * @param listener who is told
   */
  public Recovery(Hub hub, Inbox inbox, Listener listener, Disk disk, Beginning beginning) {
    this.hub = hub;
    this.inbox = inbox;
    this.listener = listener;
    this.disk = disk;
    this.beginning = beginning;
    this.rounds = new Rounds(beginning.pace());
    this.looks = new QuietLooks(disk, mark -> inbox.markIn(hub, mark), rounds::arePending);
    this.knowledge = new Knowledge(beginning.since(), beginning.tellsFirst(), looks);
    this.owesReady = beginning.tellsFirst();
    this.part = new KeptPart(disk, rounds, beginning.beginsWhole());
    this.nextLook = new NextLook(beginning, knowledge, part, rounds, looks);
    this.scans = new Scans(hub, inbox, disk, knowledge, rounds, part);
    this.audience = new ToldAudience(listener, disk, beginning, knowledge, part, rounds);
    this.handover = new Handover(disk, knowledge, part, scans, this::owes);
  }

  /** Whom the model tells. */
  public Audience audience() {
    return audience;
  }

  /** Says which directory it is, null while that is elsewhere, and who looks at those in it. */
  public void bind(Supplier<@Nullable FileIdentity> root, Consumer<byte[]> model) {
    disk.isOf(root);
    unheard = model;
  }

  /** Has one that keeps what was told for good poll some places, before anything is told. */
  public void pollWhere(PollPace often, UnheardPlaces where) {
    rounds.set(often, where);
  }

  /** Has one of a single name poll it as long as it is silent, before anything is told. */
  public void pollWhile(PollPace often, BooleanSupplier isSilent) {
    rounds.set(often, new NamePlace(isSilent));
  }

  /** The silent places of which nothing is kept yet, but what is told of them from here on. */
  public Set<String> unkept() {
    return part.unkept();
  }

  @Override
  public boolean succeed(Prelude before) {
    handover.fromOthers();
    if (before.whoKnows() instanceof Recovery older) {
      older.knowledge.isTakenOver = beginning.isWholeKept();
      if (beginning.goesOnFrom(older.beginning)) {
        goOnFrom(older);
      }
    }
    return beginning.isWholeKept();
  }

  @Override
  public void looksNoMore() {
    looksNoMore = true;
  }

  private void goOnFrom(Recovery older) {
    handover.from(older.handover, false);
    if (older.beginning.neverOverflows()) {
      questions.comeAfter(older.questions);
    }
  }

  /** The same, where other entries count by now: first the differences are told, and only they. */
  public void succeedWithOthers(Recovery before) {
    handover.from(before.handover, true);
    owesReady = true;
  }

  /**
   * Looks what there is. What happens meanwhile is told as it comes, whether the look has seen it
   * or not: who registers looks for itself after that.
   */
  @Override
  public void inPlace() throws IOException {
    if (beginning.tellsFirst()) {
      return;
    } else if (beginning.keepsUnheardOnly()) {
      disk.findRoot();
    }
    if (handover.isAhead()) {
      return;
    }
    try {
      beginAnew();
    } catch (IOException e) {
      if (beginning.neverOverflows()) {
        throw e;
      }
      knowledge.owesFresh = true; // What cannot be polled yet is listened to.
    }
  }

  private void beginAnew() throws IOException {
    if (beginning.keepsUnheardOnly() || rounds.arePending()) {
      listener.looked(Origin.POLL); // Before who hears of what is read asks whether it was this.
    }
    Scan scan = scans.first();
    knowledge.owesLook = scan.isTorn();
    knowledge.known = KnownEntries.of(scan);
    knowledge.owesFresh = false;
    knowledge.isBefore = inbox.markIn(hub, () -> knowledge.isBefore = false);
    looks.told();
    rounds.start();
  }

  @Override
  public Step step() {
    audience.endRevisit();
    handover.takeOver(rounds.arePending());
    questions.answer(told());
    if (telling == null) {
      scans.keepLess();
    }
    long end = System.nanoTime() + SLICE;
    while (telling != null || begin()) {
      Step step = tell(end);
      if (step != Step.DONE) {
        return step;
      }
    }
    handover.end();
    KnownEntries known = knowledge.known;
    if (known != null && nextLook.isForGood() && !nextLook.isOwed()) {
      looks.look(known);
    }
    return Step.DONE;
  }

  // Looking.

  /** Looks at the disk, if that is owed or it is time to, and has what differs told. */
  private boolean begin() {
    KnownEntries known = knowledge.known;
    boolean isOwed = nextLook.isOwed();
    if (known != null && !isOwed && known.hasReplaced()) {
      Differences replaced = known.takeReplaced();
      telling = new Wording(replaced, known, disk, listener, Origin.RESCAN, new ArrayList<>());
      return true;
    } else if (known == null || isLeaving() || !nextLook.isDue(known, listener)) {
      return false;
    }
    rounds.begin();
    try {
      if (look(known, !isOwed || !part.isWhole())) {
        nextLook.succeeded();
      } else {
        nextLook.failed();
      }
    } catch (IOException e) {
      nextLook.failed(e, listener);
    }
    rounds.end();
    return telling != null;
  }

  /** Whether others tell what a look would find; what is told first is told in any case. */
  private boolean isLeaving() {
    return looksNoMore && !owesReady;
  }

  /** Looks, and has told what differs; false if it is to be tried again later. */
  private boolean look(KnownEntries known, boolean isPoll) throws IOException {
    if (knowledge.owesFresh) {
      beginAnew();
      listener.overflow(); // Again: who has looked since the first one has not seen it all.
      return true;
    }
    FlightEvents.Span span = isPoll ? FlightEvents.pollRound() : FlightEvents.rescan();
    Scan scan = scan(known, isPoll);
    if (scan == null) {
      return false;
    }
    toldFrom = scan;
    if (beginning.tellsExisting() && owesReady) {
      known.allIsFresh();
      telling = new Listing(scan, told(), disk, listener);
      return true;
    }
    Origin origin = owesReady ? Origin.LISTING : isPoll ? Origin.POLL : Origin.RESCAN;
    listener.looked(origin);
    if (origin != Origin.LISTING) {
      span.end(listener, scan.size() - Scan.FIRST, 0);
    }
    unheardDirectories = new ArrayList<>();
    Differences differences =
        handover.isAllTold() ? Differences.ofAllTold(known, scan) : scans.differences(known, scan);
    handover.end();
    if (isPoll) {
      known.isLookedAt();
    }
    telling = new Wording(differences, known, disk, listener, origin, unheardDirectories);
    return true;
  }

  /** What is there; null if it is to be looked at again, or is not to be told any more. */
  private @Nullable Scan scan(KnownEntries known, boolean isPoll) throws IOException {
    boolean isOwed = knowledge.owesLook;
    Scan scan = isPoll ? scans.round(known) : scans.whole();
    if (isLeaving()) {
      // Some of it may have happened behind the place from which others tell.
      knowledge.owesLook |= isOwed;
      return null;
    }
    return scan;
  }

  // Telling.

  /** Tells what is left; DONE when all is told. */
  private Step tell(long end) {
    Telling current = telling;
    while (current != null && !current.isDone()) {
      if (!current.next()) {
        return Step.WAITS;
      }
      if (System.nanoTime() - end > 0) {
        return Step.MORE;
      }
    }
    if (owesReady && !listener.offerReady()) {
      return Step.WAITS;
    }
    owesReady = false;
    telling = null;
    toldAll();
    return Step.DONE;
  }

  private void toldAll() {
    Scan scan = toldFrom;
    toldFrom = null;
    boolean isTorn = scan != null && scan.isTorn();
    if (scan != null && knowledge.known != null) {
      scans.told(knowledge.known, scan);
    }
    if (isTorn) {
      nextLook.again();
    }
    List<byte[]> directories = unheardDirectories;
    unheardDirectories = List.of();
    directories.forEach(unheard);
    // What is not in them any more is told before the next look, and not amid what that tells.
    audience.endRevisit();
    looks.told();
    if (!nextLook.isForGood() && !isTorn && !inbox.markIn(hub, this::forget)) {
      inbox.mark(this::forget);
    }
  }

  /** The records have come to where the look was: each is news from here on. */
  private void forget() {
    KnownEntries known = knowledge.known;
    if (!beginning.keepsUnheardOnly() || known == null) {
      knowledge.known = null;
    } else if (part.isWhole() && !owes()) {
      knowledge.known = part.narrow(known);
      rounds.start();
    }
  }

  @Override
  public void inStep() {
    audience.endRevisit();
  }

  @Override
  public boolean owes() {
    return knowledge.owesLook || telling != null;
  }

  @Override
  public long untilNext() {
    if (telling != null) {
      return NextLook.PATIENCE;
    }
    return isLeaving() ? Long.MAX_VALUE : nextLook.untilDue();
  }

  /**
   * Whether nothing is to be polled any more, and the records from before the last round have come:
   * who is told of what happens misses nothing without it.
   */
  public boolean isSpent() {
    return !owes() && nextLook.isForGood() && !rounds.arePending() && !knowledge.isBehindLook;
  }

  // Who asks.

  /** What the audience was told; null where that is not kept. In the follower's thread. */
  public @Nullable KnownEntries told() {
    return beginning.neverOverflows() ? knowledge.known : null;
  }

  /** Has who tells say what is known, null if closed; whether that is another one. Any thread. */
  public boolean ask(Consumer<@Nullable KnownEntries> question) {
    return questions.add(question);
  }

  /** Whether it tells nothing any more, and knows nothing for who asks. Any thread may ask. */
  public boolean isEnded() {
    return questions.isEnded();
  }

  @Override
  public void closed() {
    questions.end();
  }
}
