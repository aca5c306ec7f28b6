package org.inotify4j.fs;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The documentation's table of what works by which way. */
final class WaysTable {

  private static final Path PAGE = Path.of("src/site/markdown/without-changing-code.md");

  private final List<String> columns;
  private final Map<String, List<String>> rows;

  private WaysTable(List<List<String>> lines) {
    columns = lines.get(0);
    rows = lines.stream().skip(2).collect(toMap(line -> line.get(0), line -> line));
  }

  static WaysTable read() throws IOException {
    return new WaysTable(
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
            .toList());
  }

  List<String> ways() {
    return columns.subList(1, columns.size());
  }

  Iterable<String> subjects() {
    return rows.keySet();
  }

  /** Whether something works by a way. */
  boolean says(String subject, String way) {
    String cell = Objects.requireNonNull(rows.get(subject)).get(columns.indexOf(way));
    return switch (cell) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalStateException(subject + ": " + cell);
    };
  }
}
