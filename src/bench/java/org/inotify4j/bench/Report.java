package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.C;
import static org.inotify4j.bench.Contender.FLAG;
import static org.inotify4j.bench.Contender.JDK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** Writes a run as pages of the documentation: a summary, and each scenario with its goals. */
final class Report {

  private static final List<String> IN_COLUMNS = List.of(C, JDK, FLAG, API);

  private final Settings settings;
  private final List<Section> sections;
  private final List<String> leftOut;

  Report(Settings settings, List<Section> sections, List<String> leftOut) {
    this.settings = settings;
    this.sections = sections;
    this.leftOut = leftOut;
  }

  void write() throws IOException {
    Path directory = Files.createDirectories(settings.site().resolve("markdown"));
    Files.writeString(directory.resolve("measured.md"), page());
    System.out.println(summary());
    sections.stream()
        .flatMap(section -> section.goals().stream())
        .filter(goal -> !goal.isMet())
        .forEach(goal -> System.out.println("missed: " + goal));
  }

  private String page() throws IOException {
    StringBuilder page = new StringBuilder("# Measured\n\n");
    page.append("Medians of ")
        .append(settings.rounds())
        .append(" rounds in which the contenders took turns, each in a process of its own, unless ")
        .append("the text says otherwise. On\n")
        .append(Machine.describe())
        .append(".\n\n    mvn -q -B -Pbench test-compile exec:exec -Dbench.site=src/site\n\n");
    for (String what : leftOut) {
      page.append("Left out on this machine: ").append(what).append(".\n\n");
    }
    page.append(summary()).append('\n');
    page.append(
        "![Events delivered to a consumer that was busy, and the time to register a tree]"
            + "(images/measured.png)\n![Heap of a registered tree](images/heap.png)\n\n");
    sections.forEach(section -> page.append(section.toMarkdown()).append('\n'));
    return page.toString();
  }

  private String summary() {
    StringBuilder table = new StringBuilder();
    table.append("| | C | JDK | inotify4j, flag | inotify4j, API | others |\n");
    table.append("| --- | ---: | ---: | ---: | ---: | --- |\n");
    for (Section section : sections) {
      for (Column column : section.columns()) {
        if (!column.summary().isEmpty()) {
          table.append(line(section.figures(), column)).append('\n');
        }
      }
    }
    return table.toString();
  }

  private static String line(Figures figures, Column column) {
    StringJoiner line = new StringJoiner(" | ", "| ", " |");
    line.add(column.summary());
    IN_COLUMNS.forEach(
        contender -> line.add(column.show(figures.median(contender, column.figure()))));
    StringJoiner others = new StringJoiner("; ");
    for (String contender : figures.contenders()) {
      OptionalDouble value = figures.median(contender, column.figure());
      if (!IN_COLUMNS.contains(contender) && value.isPresent()) {
        others.add(contender + " " + column.show(value));
      }
    }
    return line.add(others.toString()).toString();
  }
}
