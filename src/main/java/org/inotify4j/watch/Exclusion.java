package org.inotify4j.watch;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.MatcherFilter;

/** The modifier that leaves entries out of a tree. */
record Exclusion(List<MatcherFilter.Rule> rules) implements WatchEvent.Modifier {

  static final Exclusion NONE = new Exclusion(List.of());

  static Exclusion of(PathMatcher matcher) {
    Objects.requireNonNull(matcher, "matcher");
    return new Exclusion(List.of(new MatcherFilter.Rule(matcher, null, false)));
  }

  static Exclusion of(String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    boolean isOfNames = glob.indexOf('/') < 0;
    return new Exclusion(List.of(new MatcherFilter.Rule(matcher, glob, isOfNames)));
  }

  Exclusion and(Exclusion other) {
    return new Exclusion(Stream.concat(rules.stream(), other.rules.stream()).toList());
  }

  /** What it leaves out below a directory. */
  EntryFilter filter(Path root) {
    return rules.isEmpty()
        ? EntryFilter.NOTHING
        : new MatcherFilter(root.getFileSystem().getPath(""), rules);
  }

  @Override
  public String name() {
    return "EXCLUDE";
  }
}
