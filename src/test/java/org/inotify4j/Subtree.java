package org.inotify4j;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A path with all below it, among the sorted paths of a whole tree: the others are not looked at.
 */
public final class Subtree {

  private Subtree() {}

  /** Takes it out; what that was. */
  @CanIgnoreReturnValue
  public static Set<String> takeOut(NavigableSet<String> paths, String top) {
    Set<String> out = new TreeSet<>();
    if (paths.remove(top)) {
      out.add(top);
    }
    Set<String> below = paths.subSet(top + '/', end(top));
    out.addAll(below);
    below.clear();
    return out;
  }

  /** Takes it out with what each path has; what that was. */
  @CanIgnoreReturnValue
  public static <V> SortedMap<String, V> takeOut(NavigableMap<String, V> entries, String top) {
    SortedMap<String, V> out = new TreeMap<>();
    V own = entries.remove(top);
    if (own != null) {
      out.put(top, own);
    }
    Map<String, V> below = entries.subMap(top + '/', end(top));
    out.putAll(below);
    below.clear();
    return out;
  }

  /** What is below begins with the path and a slash: the next character is a zero. */
  private static String end(String top) {
    return top + '0';
  }
}
