package org.inotify4j.entries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.inotify4j.Subtree;
import org.inotify4j.disk.EntryFilter;
import org.junit.jupiter.api.Test;

/** What is known after thousands of steps is what a plain map knows after them. */
final class KnownEntriesModelTest {

  private static final int SEEDS = Integer.getInteger("inotify4j.entries.seeds", 12);
  private static final int STEPS = 1500;

  private final NavigableMap<String, Boolean> model = new TreeMap<>();
  private KnownEntries known = new KnownEntries();
  private Random random = new Random();

  @Test
  void knownIsWhatAMapKnows() {
    for (int seed = 0; seed < SEEDS; seed++) {
      random = new Random(seed);
      model.clear();
      known = new KnownEntries();
      for (int step = 0; step < STEPS; step++) {
        String what = step(step);
        if (step % 20 == 0) {
          check("seed " + seed + " step " + step + ": " + what);
        }
      }
    }
  }

  private String step(int step) {
    String path = path();
    // It grows and shrinks again and again.
    int kind = random.nextInt(step / 250 % 2 == 0 ? 12 : 22);
    String what = kind + " " + path;
    if (kind < 8) {
      boolean isDirectory = random.nextInt(3) > 0;
      assertThat(known.add(bytes(path), isDirectory)).as(what).isEqualTo(add(path, isDirectory));
    } else if (kind < 11) {
      String to = path();
      what += " " + to;
      assertThat(known.move(bytes(path), bytes(to))).as(what).isEqualTo(move(path, to));
    } else if (kind == 11) {
      known.touch(bytes(path));
    } else {
      assertThat(known.remove(bytes(path))).as(what).isEqualTo(remove(path));
    }
    return what;
  }

  private String path() {
    List<String> paths = new ArrayList<>(model.keySet());
    String name = "n" + random.nextInt(9);
    if (paths.isEmpty() || random.nextInt(8) == 0) {
      return name;
    }
    String some = paths.get(random.nextInt(paths.size()));
    return random.nextBoolean() ? some : some + "/" + name;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private boolean isDirectory(String path) {
    return path.isEmpty() || model.getOrDefault(path, false);
  }

  private boolean add(String path, boolean isDirectory) {
    return isDirectory(parent(path)) && model.putIfAbsent(path, isDirectory) == null;
  }

  private boolean remove(String path) {
    return !Subtree.takeOut(model, path).isEmpty();
  }

  private boolean move(String from, String to) {
    if (!model.containsKey(from)
        || !isDirectory(parent(to))
        || (parent(to) + "/").startsWith(from + "/")) {
      return false;
    }
    Map<String, Boolean> moved = Subtree.takeOut(model, from);
    Subtree.takeOut(model, to);
    moved.forEach(
        (path, isDirectory) -> model.put(to + path.substring(from.length()), isDirectory));
    return true;
  }

  private void check(String when) {
    List<String> paths = new ArrayList<>();
    model.forEach((path, isDirectory) -> paths.add(isDirectory ? path + "/" : path));
    paths.sort(null);
    assertThat(paths(known)).as(when).isEqualTo(paths);
    EntryColumns columns = known.columns();
    assertThat(columns.size() - 1).as(when).isEqualTo(model.size());
    for (int row = 1; row < columns.size(); row++) {
      assertThat(columns.parent(row)).as(when).isBetween(0, row - 1);
    }
    assertThat(paths(KnownEntries.of(columns, EntryFilter.NOTHING, false)))
        .as(when)
        .isEqualTo(paths);
    // What is of no use is swept out.
    assertThat(known.nameBytes()).as(when).isLessThan(8 * columns.usedBytes() + 10_000);
    if (random.nextInt(10) == 0) {
      known = known.copy();
      assertThat(paths(known)).as(when).isEqualTo(paths);
    }
    model.keySet().forEach(path -> assertThat(known.has(bytes(path))).isTrue());
  }

  private static byte[] bytes(String path) {
    return path.getBytes(ISO_8859_1);
  }

  /** All that is known, a directory with a slash at its end. */
  private static List<String> paths(KnownEntries known) {
    List<String> paths = new ArrayList<>();
    known.forEachBelow(
        new byte[0],
        (path, isDirectory) -> paths.add(new String(path, ISO_8859_1) + (isDirectory ? "/" : "")));
    paths.sort(null);
    return paths;
  }
}
