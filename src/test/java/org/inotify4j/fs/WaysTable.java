package org.inotify4j.fs;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documentation's table of what works by which way: the lines behind its mark. */
final class WaysTable {

  private static final Path PAGE = Path.of("src/site/markdown/without-changing-code.md");
  private static final String MARK = "<!-- The table is written by DropInIT. -->";
  private static final String UNKNOWN = "?";

  private final List<String> page;
  private final int begin;
  private final int end;
  private final Map<String, String> cells = new HashMap<>();

  private WaysTable(List<String> page) {
    this.page = page;
    this.begin = page.indexOf(MARK) + 2;
    int line = begin;
    while (page.get(line).startsWith("|")) {
      line++;
    }
    this.end = line;
    List<String> columns = cellsOf(page.get(begin));
    lines().stream().skip(2).map(WaysTable::cellsOf).forEach(row -> take(columns, row));
  }

  static WaysTable read() throws IOException {
    return new WaysTable(Files.readAllLines(PAGE));
  }

  private static List<String> cellsOf(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }

  private void take(List<String> columns, List<String> row) {
    for (DropInWay way : DropInWay.values()) {
      cells.put(key(row.get(0), way), row.get(columns.indexOf(way.column())));
    }
  }

  private static String key(String subject, DropInWay way) {
    return subject + "|" + way.column();
  }

  /** Whether something works by a way; empty where the table does not say. */
  Optional<Boolean> says(DropInRow row, DropInWay way) {
    return Optional.ofNullable(cells.get(key(row.subject(), way)))
        .filter(cell -> !cell.equals("?"))
        .map("yes"::equals);
  }

  /** Notes what was found. */
  void set(DropInRow row, DropInWay way, boolean works) {
    cells.put(key(row.subject(), way), works ? "yes" : "no");
  }

  /** The table as the page has it. */
  List<String> lines() {
    return page.subList(begin, end);
  }

  /** The table as it is to be. */
  List<String> written() {
    List<String> lines = new ArrayList<>();
    String columns =
        Arrays.stream(DropInWay.values()).map(DropInWay::column).collect(joining(" | "));
    lines.add("| what | " + columns + " |");
    lines.add("| --- |" + " --- |".repeat(DropInWay.values().length));
    for (DropInRow row : DropInRow.values()) {
      lines.add(
          Arrays.stream(DropInWay.values())
              .map(way -> cells.getOrDefault(key(row.subject(), way), UNKNOWN))
              .collect(joining(" | ", "| " + row.subject() + " | ", " |")));
    }
    return lines;
  }

  /** Writes it into the page. */
  void write() throws IOException {
    List<String> all = new ArrayList<>(page.subList(0, begin));
    all.addAll(written());
    all.addAll(page.subList(end, page.size()));
    Files.write(PAGE, all);
  }
}
