package org.inotify4j.changes;

import java.nio.file.Path;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.GitIgnoreFilter;
import org.inotify4j.follow.Audience;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * What of a root is left out, and how it is noticed that something else is.
 *
 * <p>The files that say what git leaves out are heard of also where they are left out themselves.
 * What is done to one while nobody hears of it, as while a tree is built, where records are lost,
 * or where the kernel is silent, shows when they are looked at again.
 */
final class RootSelection {

  private final Path path;
  private final EntryFilter told;
  private final EntryFilter heard;
  private final @Nullable GitIgnoreFilter git;
  private final Runnable onOtherRules;
  private final Workers workers;
  private final Task look;
  private volatile boolean isToLookAgain;

  /**
   * That of a watcher's root.
   *
   * @param onOtherRules acts when something else is left out than before
   * @param look asks {@link #isOutdated}
   */
  RootSelection(Hub hub, WatchSettings settings, Path path, Runnable onOtherRules, Task look) {
    this.path = path;
    this.onOtherRules = onOtherRules;
    this.workers = hub.workers();
    this.look = look;
    if (settings.isGitIgnoring()) {
      git = GitIgnoreFilter.of(hub.libC(), PathBytes.of(path), true);
      told = Selection.of(settings, git);
      heard = new HeardEntries(told, git, settings.maxDepth());
    } else {
      git = null;
      told = Selection.of(settings, EntryFilter.NOTHING);
      heard = told;
    }
  }

  /** What is not told. */
  EntryFilter told() {
    return told;
  }

  /** What is not followed. */
  EntryFilter heard() {
    return heard;
  }

  /**
   * A file that says what is left out, of which nobody hears who follows the root; null if none.
   */
  @Nullable Path unheardRules(WatchRoot.Reach reach) {
    boolean isUnheard = git != null && reach == WatchRoot.Reach.DIRECTORY;
    return isUnheard ? path.resolve(GitIgnoreFilter.OWN_EXCLUDE) : null;
  }

  /** What stands before a sink, to notice other rules in what is told of a look. */
  ChangeSink sink(ChangeSink next) {
    return git == null ? next : new FoundRules(git, next, onOtherRules);
  }

  /** What stands before an audience, to notice other rules in what is followed. */
  Audience audience(Audience next) {
    return git == null ? next : new RuleEvents(git, told, next, onOtherRules, this::lookAgain);
  }

  /** Something may have happened that nobody heard of. */
  void lookAgain() {
    if (git != null) {
      isToLookAgain = true;
      workers.submit(look);
    }
  }

  /** Whether something else is left out than anybody has heard of. It looks at the disk. */
  boolean isOutdated() {
    boolean isAsked = isToLookAgain;
    isToLookAgain = false;
    return isAsked && git != null && git.lookAgain();
  }
}
