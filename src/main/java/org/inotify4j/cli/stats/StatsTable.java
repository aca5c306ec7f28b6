package org.inotify4j.cli.stats;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inotify4j.Flag;
import org.inotify4j.cli.base.JsonText;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.WatchedPath;

/** Counts events by directory and by kind, and writes them as a table, as inotifywatch does. */
final class StatsTable {

  /** The kinds in the order of their columns. */
  private static final List<Flag> COLUMNS =
      List.of(
          Flag.ACCESS,
          Flag.MODIFY,
          Flag.ATTRIB,
          Flag.CLOSE_WRITE,
          Flag.CLOSE_NOWRITE,
          Flag.OPEN,
          Flag.MOVED_FROM,
          Flag.MOVED_TO,
          Flag.MOVE_SELF,
          Flag.CREATE,
          Flag.DELETE,
          Flag.DELETE_SELF,
          Flag.UNMOUNT);

  private final int asked;
  private final boolean withZeros;
  private final StatsOrder order;
  private final Map<String, Row> rows = new TreeMap<>();
  private final Row sum = new Row("");

  /**
   * An empty table.
   *
   * @param asked the mask of the events that have a column
   * @param withZeros whether rows and columns that are all zero are written too
   */
  StatsTable(int asked, boolean withZeros, StatsOrder order) {
    this.asked = asked;
    this.withZeros = withZeros;
    this.order = order;
  }

  /** Counts an event at a path. */
  void count(WatchedPath path, int mask) {
    Row row = row(path);
    for (int i = 0; i < COLUMNS.size(); i++) {
      Flag flag = COLUMNS.get(i);
      if (flag.isIn(mask & asked)) {
        row.add(i);
        sum.add(i);
      }
    }
  }

  /** Has a row for a path, even if nothing happens there. */
  void include(WatchedPath path) {
    row(path);
  }

  private Row row(WatchedPath path) {
    return rows.computeIfAbsent(RawArguments.latin1(path.bytes()), Row::new);
  }

  /** Whether nothing was counted. */
  boolean isEmpty() {
    return sum.total == 0;
  }

  /** The table: its header, then a line for each path. */
  List<String> lines() {
    List<Integer> columns = columns();
    List<String> lines = new ArrayList<>();
    StringBuilder header = new StringBuilder(padded("total", sum.total)).append("  ");
    for (int column : columns) {
      header.append(padded(name(column), sum.counts[column])).append("  ");
    }
    lines.add(header + "filename");
    for (Row row : sorted()) {
      StringBuilder line = new StringBuilder(padded(row.total, "total", sum.total));
      for (int column : columns) {
        line.append("  ").append(padded(row.counts[column], name(column), sum.counts[column]));
      }
      lines.add(line + "  " + RawArguments.escapedForPeople(row.path));
    }
    return lines;
  }

  /** The same as JSON, an object a line. */
  List<String> json() {
    List<String> lines = new ArrayList<>();
    for (Row row : sorted()) {
      StringWriter text = new StringWriter();
      try (JsonWriter json = new JsonWriter(text)) {
        json.beginObject();
        JsonText.bytes(json, "path", RawArguments.bytes(row.path));
        json.name("total").value(row.total);
        json.name("events").beginObject();
        for (int column : columns()) {
          json.name(name(column)).value(row.counts[column]);
        }
        json.endObject().endObject();
      } catch (IOException e) {
        throw new UncheckedIOException("a StringWriter does not fail", e);
      }
      lines.add(JsonText.escaped(text.toString()));
    }
    return lines;
  }

  private List<Integer> columns() {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      boolean isWanted = COLUMNS.get(i).isIn(asked);
      if (isWanted && (withZeros || sum.counts[i] > 0)) {
        columns.add(i);
      }
    }
    return columns;
  }

  /** The rows in order; those that are equal in it by their paths. */
  private Collection<Row> sorted() {
    Flag by = order.by();
    int column = by == null ? -1 : COLUMNS.indexOf(by);
    Comparator<Row> comparator =
        Comparator.comparingLong(row -> column < 0 ? row.total : row.counts[column]);
    return rows.values().stream()
        .filter(row -> withZeros || row.total > 0)
        .sorted(order.isAscending() ? comparator : comparator.reversed())
        .toList();
  }

  private static String name(int column) {
    return COLUMNS.get(column).name().toLowerCase(Locale.ROOT);
  }

  /** A header, as wide as the largest number below it can be. */
  private static String padded(String header, long most) {
    return pad(header, Math.max(header.length(), Long.toString(most).length()));
  }

  private static String padded(long value, String header, long most) {
    return pad(Long.toString(value), Math.max(header.length(), Long.toString(most).length()));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** The counts of one path. */
  private static final class Row {
    final String path;
    final long[] counts = new long[COLUMNS.size()];
    long total;

    Row(String path) {
      this.path = path;
    }

    void add(int column) {
      counts[column]++;
      total++;
    }
  }
}
