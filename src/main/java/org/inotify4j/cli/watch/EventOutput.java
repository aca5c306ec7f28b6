package org.inotify4j.cli.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.Mask;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.WatchedPath;
import org.inotify4j.cli.format.EventFormat;
import org.inotify4j.cli.regex.PathSelection;
import org.inotify4j.watch.INotifyEventKinds;
import org.jspecify.annotations.Nullable;

/** Prints the events that are of interest, and knows whether one came that was asked for. */
final class EventOutput {

  /** What is told of every path: that events end, or were lost. */
  private static final int ALWAYS = Mask.of(Flag.IGNORED, Flag.Q_OVERFLOW, Flag.UNMOUNT);

  private final int asked;
  private final PathSelection selection;
  private final EventFormat format;
  private final Console console;
  private final boolean once;
  private final boolean silent;

  private final List<String> texts = new ArrayList<>();
  private int added;
  private boolean answered;

  /**
   * An output.
   *
   * @param asked the mask of the events that the user wants to see
   * @param once whether one event is enough
   * @param silent whether to print nothing
   */
  EventOutput(
      int asked,
      PathSelection selection,
      EventFormat format,
      Console console,
      boolean once,
      boolean silent) {
    this.asked = asked;
    this.selection = selection;
    this.format = format;
    this.console = console;
    this.once = once;
    this.silent = silent;
  }

  /**
   * Takes an event, to be printed unless it is of no interest, or one was enough.
   *
   * @param found as of {@link EventFormat#format}
   */
  void add(INotifyEvent event, WatchedPath watched, @Nullable String found) {
    if (isDone() || !isOfInterest(event, watched, found)) {
      return;
    }
    added++;
    answered |= (event.mask() & asked) != 0 || isExisting(found);
    if (!silent) {
      texts.add(format.format(event, watched, found));
    }
  }

  private boolean isOfInterest(INotifyEvent event, WatchedPath watched, @Nullable String found) {
    if ((event.mask() & ALWAYS) != 0 || INotifyEventKinds.READY.name().equals(found)) {
      return true;
    }
    boolean isAskedFor = (event.mask() & asked) != 0 || isExisting(found);
    return isAskedFor && selection.has(watched.followedBy(event.name()));
  }

  private static boolean isExisting(@Nullable String found) {
    return INotifyEventKinds.EXISTS.name().equals(found);
  }

  /**
   * Prints what a round has taken, and says so where nothing is left to watch.
   *
   * @param isAllGone whether nothing is watched any more
   * @param quiet whether to say nothing but errors
   * @return whether that was the last round
   * @throws IOException if it cannot be written, but for that nobody reads it any more
   */
  boolean endRound(boolean isAllGone, boolean quiet) throws IOException {
    if (!print() || isDone()) {
      return true;
    }
    if (isAllGone && !quiet) {
      console.message("Nothing is left to watch: the last watched path is gone.");
    }
    return isAllGone;
  }

  /**
   * Prints what was taken.
   *
   * @return false where nobody reads it any more
   * @throws IOException if it cannot be written for another reason
   */
  private boolean print() throws IOException {
    boolean isRead = console.print(texts, format.charset());
    texts.clear();
    return isRead;
  }

  /** How many events were of interest so far. */
  int added() {
    return added;
  }

  /** Whether one event was enough, and has come. */
  private boolean isDone() {
    return once && added > 0;
  }

  /** The exit code at the end of all events. */
  int exitCode() {
    return answered ? ExitCode.EVENT : ExitCode.ERROR;
  }
}
