package org.inotify4j.snapshot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.FilterRule;
import org.inotify4j.disk.GlobRule;
import org.inotify4j.disk.RuleFilter;
import org.inotify4j.entries.Reach;
import org.jspecify.annotations.Nullable;

/**
 * What of a tree a {@link TreeSnapshot} has, and how much it keeps of each entry.
 *
 * <p>A pattern is a line as of a {@code .gitignore} at the root, see gitignore(5): {@code *.tmp}
 * and {@code target/} (a directory) anywhere, {@code /target} in the root only, {@code docs/*.html}
 * as a whole path. Names are compared as bytes; a pattern that is a {@code String} stands for its
 * bytes in UTF-8.
 *
 * <p>Immutable, and safe for use by several threads: each method gives another filter. Two are
 * equal where they have the same patterns in the same order, and the same options.
 */
public final class TreeFilter {

  /** Everything, without permissions. */
  public static final TreeFilter EVERYTHING = new TreeFilter(List.of(), List.of(), false);

  private final List<Pattern> excluded;
  private final List<Pattern> included;
  private final boolean hasMode;

  private TreeFilter(List<Pattern> excluded, List<Pattern> included, boolean hasMode) {
    this.excluded = excluded;
    this.included = included;
    this.hasMode = hasMode;
  }

  /** A filter with many patterns, as if they were given one by one. */
  static TreeFilter of(List<byte[]> excluded, List<byte[]> included, boolean hasMode) {
    List<Pattern> out = new ArrayList<>();
    for (byte[] pattern : excluded) {
      out.add(excluded(pattern, out.isEmpty()));
    }
    List<Pattern> in = new ArrayList<>();
    for (byte[] pattern : included) {
      in.add(included(pattern));
    }
    return new TreeFilter(List.copyOf(out), List.copyOf(in), hasMode);
  }

  /**
   * Leaves out what matches a pattern, with everything below it: it is not even looked at. Of
   * several patterns the last one that matches decides; one that begins with {@code !} takes back
   * what others before it leave out.
   *
   * @param pattern the line
   * @return a filter with this pattern behind those of this one
   * @throws IllegalArgumentException if nothing can match the pattern, or if it takes back what
   *     none before it leaves out; the message says so, and how to write it
   */
  public TreeFilter exclude(String pattern) {
    return exclude(pattern.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Leaves out what matches a pattern, as {@link #exclude(String)} does.
   *
   * @param pattern the bytes of the line; copied
   * @return a filter with this pattern behind those of this one
   * @throws IllegalArgumentException as {@link #exclude(String)} does
   */
  public TreeFilter exclude(byte[] pattern) {
    Pattern added = excluded(pattern, excluded.isEmpty());
    return new TreeFilter(with(excluded, added), included, hasMode);
  }

  private static Pattern excluded(byte[] bytes, boolean isFirst) {
    Pattern pattern = Pattern.of(bytes);
    if (isFirst && pattern.rule.isNegated()) {
      throw new IllegalArgumentException(
          "the pattern '"
              + pattern.rule
              + "' takes back what others exclude: it must come after one of these");
    }
    return pattern;
  }

  /**
   * Has, of all that is no directory, only what matches this pattern or another one that was given
   * so. Directories are had all the same, but for those that are excluded.
   *
   * @param pattern the line, without a {@code !}
   * @return a filter with this pattern as well
   * @throws IllegalArgumentException if nothing can match the pattern, or if it begins with {@code
   *     !} or ends with a slash, so that it is about directories
   */
  public TreeFilter include(String pattern) {
    return include(pattern.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Has only what matches a pattern, as {@link #include(String)} does.
   *
   * @param pattern the bytes of the line; copied
   * @return a filter with this pattern as well
   * @throws IllegalArgumentException as {@link #include(String)} does
   */
  public TreeFilter include(byte[] pattern) {
    return new TreeFilter(excluded, with(included, included(pattern)), hasMode);
  }

  private static Pattern included(byte[] bytes) {
    Pattern pattern = Pattern.of(bytes);
    if (pattern.rule.isNegated()) {
      throw new IllegalArgumentException(
          "the pattern '" + pattern.rule + "' takes something back: exclude it instead");
    } else if (pattern.rule.isOfDirectories()) {
      throw new IllegalArgumentException(
          "the pattern '"
              + pattern.rule
              + "' is about directories, which are had anyway: write /** at its end for what is in"
              + " them");
    }
    return pattern;
  }

  /**
   * Keeps the permissions of each entry too ({@code st_mode}, see inode(7)), so that their change
   * is told of directories as well.
   *
   * @return such a filter
   */
  public TreeFilter withMode() {
    return hasMode ? this : new TreeFilter(excluded, included, true);
  }

  private static List<Pattern> with(List<Pattern> patterns, Pattern added) {
    return Stream.concat(patterns.stream(), Stream.of(added)).toList();
  }

  boolean hasMode() {
    return hasMode;
  }

  /** The bytes of the patterns that leave out, in order. */
  List<byte[]> excludedPatterns() {
    return excluded.stream().map(Pattern::bytes).toList();
  }

  /** The bytes of the patterns that let through. */
  List<byte[]> includedPatterns() {
    return included.stream().map(Pattern::bytes).toList();
  }

  private boolean hasEverything() {
    return excluded.isEmpty() && included.isEmpty();
  }

  /** What of a tree is read for it. */
  Reach reach() {
    return new Reach(true, entries(), hasMode, false);
  }

  /** Asks for entries, one by one; safe for use by several threads. */
  private EntryFilter entries() {
    return hasEverything()
        ? EntryFilter.NOTHING
        : new Entries(rules(excluded), rules(included), !included.isEmpty());
  }

  private static RuleFilter rules(List<Pattern> patterns) {
    List<FilterRule> rules = new ArrayList<>();
    patterns.forEach(pattern -> rules.add(pattern.rule));
    return new RuleFilter(Path.of(""), rules);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeFilter filter
        && excluded.equals(filter.excluded)
        && included.equals(filter.included)
        && hasMode == filter.hasMode;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {excluded, included, hasMode});
  }

  @Override
  public String toString() {
    return "TreeFilter[excluded="
        + excluded
        + ", included="
        + included
        + (hasMode ? ", with mode]" : "]");
  }

  /** A line, as it was given and as it is asked. */
  private static final class Pattern {
    private final byte[] bytes;
    private final GlobRule rule;

    private Pattern(byte[] bytes, GlobRule rule) {
      this.bytes = bytes;
      this.rule = rule;
    }

    static Pattern of(byte[] bytes) {
      byte[] copy = bytes.clone();
      return new Pattern(copy, new GlobRule(copy));
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Pattern pattern && rule.equals(pattern.rule);
    }

    @Override
    public int hashCode() {
      return rule.hashCode();
    }

    @Override
    public String toString() {
      return rule.toString();
    }
  }

  /** What is left out by a pattern, or by being none of those that are let through. */
  private record Entries(RuleFilter out, RuleFilter in, boolean isChoosy) implements EntryFilter {

    // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entries entries
          && isChoosy == entries.isChoosy
          && out.equals(entries.out)
          && in.equals(entries.in);
    }

    @Override
    public int hashCode() {
      return Objects.hash(out, in, isChoosy);
    }

    @Override
    public boolean excludes(byte[] path, boolean isDirectory) {
      return out.excludes(path, isDirectory)
          // A rule that is no exception "excludes" what it is about: here that is let through.
          || (isChoosy && !isDirectory && !in.excludes(path, false));
    }

    @Override
    public boolean isPositional() {
      return out.isPositional() || in.isPositional();
    }
  }
}
