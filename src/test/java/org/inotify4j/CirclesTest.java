package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * How many types of a package know each other in a circle: no more than there were, and printed.
 */
final class CirclesTest {

  private static final String ROOT = "org.inotify4j";

  /** By package; where nothing is said, one type: no circle. */
  private static final Map<String, Integer> MOST =
      Map.ofEntries(
          Map.entry(ROOT, 2),
          Map.entry(ROOT + ".base", 2),
          Map.entry(ROOT + ".pending", 2),
          Map.entry(ROOT + ".work", 2),
          Map.entry(ROOT + ".snapshot", 4),
          Map.entry(ROOT + ".entries", 3),
          Map.entry(ROOT + ".hub", 3),
          Map.entry(ROOT + ".follow", 2),
          Map.entry(ROOT + ".watch", 3),
          Map.entry(ROOT + ".changes", 4),
          Map.entry(ROOT + ".fs", 10));

  private final Map<String, Set<String>> known = new TreeMap<>();

  @Test
  void circlesDoNotGrow() {
    new ClassFileImporter()
        .importUrl(INotify.class.getProtectionDomain().getCodeSource().getLocation())
        .forEach(this::read);
    Map<String, Set<String>> largest = new TreeMap<>();
    for (String type : known.keySet()) {
      Set<String> circle = circle(type);
      largest.merge(
          packageOf(type), circle, (one, other) -> one.size() < other.size() ? other : one);
    }
    largest.forEach(
        (name, circle) -> {
          System.out.println("largest circle of " + name + ": " + circle.size() + " " + circle);
          assertThat(circle)
              .as("types of %s that know each other", name)
              .hasSizeLessThanOrEqualTo(MOST.getOrDefault(name, 1));
        });
  }

  /** Notes which top-level types of its package a class knows; a nested one counts as its owner. */
  private void read(JavaClass type) {
    String owner = topLevel(type.getName());
    Set<String> others = known.computeIfAbsent(owner, any -> new TreeSet<>());
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass();
      if (target.getPackageName().equals(type.getPackageName())) {
        others.add(topLevel(target.getName()));
      }
    }
    others.remove(owner);
  }

  /** The types that a type reaches and that reach it. */
  private Set<String> circle(String type) {
    Set<String> circle = new TreeSet<>();
    for (String other : reachable(type)) {
      if (reachable(other).contains(type)) {
        circle.add(other.substring(packageOf(other).length() + 1));
      }
    }
    return circle;
  }

  private final Map<String, Set<String>> reached = new HashMap<>();

  private Set<String> reachable(String type) {
    Set<String> found = reached.get(type);
    if (found == null) {
      found = new HashSet<>(Set.of(type));
      Deque<String> open = new ArrayDeque<>(found);
      while (!open.isEmpty()) {
        for (String next : known.getOrDefault(open.remove(), Set.of())) {
          if (found.add(next)) {
            open.add(next);
          }
        }
      }
      reached.put(type, found);
    }
    return found;
  }

  private static String topLevel(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }
}
