package org.inotify4j.watch;

import java.io.IOException;
import org.inotify4j.file.FileModel;
import org.inotify4j.file.SilenceListener;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Prelude;
import org.inotify4j.poll.PollPace;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Listener;
import org.inotify4j.recovery.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * Polls a single file as long as its name leads to where the kernel does not report all.
 *
 * <p>Until then it stands beside the model, which tells its audience itself: nothing is kept. From
 * then on a {@link Recovery} stands between the two for good; it polls nothing while all is heard.
 * One that tells what is there first is followed by that one when it has done so.
 *
 * <p>Before the model tells anything of the place where it has come to, that is looked at here: who
 * hears of it, and looks, has seen no more than what is known here, and all that comes later
 * differs from that.
 *
 * <p>One thread at a time uses it, that of the follower, but where {@link Audience} says otherwise,
 * and but for {@link #succeed}.
 */
final class FilePolling implements PolledOnDemand, SilenceListener {

  private final Recoveries recoveries;
  private final FileModel model;

  /** Whether what is there is told first. */
  private final boolean tellsExisting;

  /** Whether that keeps what was told for good, so that it can poll. */
  private boolean isKept;

  private boolean isInPlace;
  private volatile @Nullable Recovery recovery;

  /**
   * Of a model that tells its audience itself.
   *
   * @param recoveries of that audience
   */
  FilePolling(Recoveries recoveries, FileModel model, boolean tellsExisting) {
    this.recoveries = recoveries;
    this.model = model;
    this.tellsExisting = tellsExisting;
  }

  @Override
  public Listener listener() {
    return recoveries.listener();
  }

  @Override
  public @Nullable Recovery recovery() {
    return recovery;
  }

  /** Prepares the model, before that looks. */
  void begin() {
    model.whenElsewhere(this);
    if (tellsExisting) {
      recovery = recoveries.of(recoveries.disks().get(), beginning(true, null));
      model.tell(next());
    }
  }

  private static Beginning beginning(boolean tellsExisting, @Nullable PollPace pace) {
    return new Beginning(tellsExisting, null, false, false, pace);
  }

  // By the model.

  @Override
  public boolean leads(boolean toSilence) {
    return keep();
  }

  /** Begins to keep what is told, where that is needed by now, and not if it is already. */
  private boolean keep() {
    Recovery before = recovery;
    if (isKept || !model.isSilent() || (isInPlace && before != null && before.owes())) {
      return false;
    }
    PollPace pace = recoveries.paces().get();
    boolean isFirst = tellsExisting && !isInPlace;
    Recovery next = recoveries.of(recoveries.disks().get(), beginning(isFirst, pace));
    next.pollWhile(pace, model::isSilent);
    if (isInPlace) {
      try {
        next.inPlace();
      } catch (IOException e) {
        return false; // It cannot be: what may overflow is read later if it cannot be now.
      }
    }
    isKept = true;
    recovery = next;
    model.tell(next());
    return true;
  }

  // As a prelude.

  @Override
  public void inPlace() throws IOException {
    Recovery current = recovery;
    if (current != null) {
      current.inPlace();
    }
    isInPlace = true;
  }

  @Override
  public boolean succeed(Prelude before) {
    Recovery current = recovery;
    return current != null && current.succeed(before);
  }

  @Override
  public Prelude whoKnows() {
    Recovery current = recovery;
    return current == null ? this : current;
  }

  @Override
  public Step step() {
    Recovery current = recovery;
    return current == null ? Step.DONE : current.step();
  }

  @Override
  public void inStep() {
    Recovery current = recovery;
    if (current != null) {
      current.inStep();
    }
    if (keep()) {
      model.lookAtNextTurn();
    }
  }

  @Override
  public String toString() {
    return listener().toString();
  }
}
