package org.inotify4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What one scenario has shown, and how to show it. */
final class Section {

  private final String title;
  private final String text;
  private final Figures figures;
  private final List<Column> columns;
  private final List<Goal> goals = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * A section without goals.
   *
   * @param text what was done, for a reader who has not seen the code
   */
  Section(String title, String text, Figures figures, Column... columns) {
    this.title = title;
    this.text = text;
    this.figures = figures;
    this.columns = List.of(columns);
  }

  /** One contender's figure is to be at most so many times another's. */
  Section ratioAtMost(
      double wanted, String contender, String figure, String other, String otherFigure) {
    return ratio(wanted, contender, figure, other, otherFigure, true);
  }

  /** One contender's figure is to be at least so many times another's. */
  Section ratioAtLeast(
      double wanted, String contender, String figure, String other, String otherFigure) {
    return ratio(wanted, contender, figure, other, otherFigure, false);
  }

  private Section ratio(
      double wanted,
      String contender,
      String figure,
      String other,
      String otherFigure,
      boolean atMost) {
    String what = says(contender, figure, other, otherFigure);
    OptionalDouble value = ratio(contender, figure, other, otherFigure);
    goals.add(new Goal(what, value, wanted, atMost));
    return this;
  }

  /** A contender's figure is to be at most this. */
  Section atMost(double wanted, String contender, String figure) {
    return bound(wanted, contender, figure, true);
  }

  /** A contender's figure is to be at least this. */
  Section atLeast(double wanted, String contender, String figure) {
    return bound(wanted, contender, figure, false);
  }

  private Section bound(double wanted, String contender, String figure, boolean atMost) {
    String what = contender + ", " + heading(figure);
    goals.add(new Goal(what, figures.median(contender, figure), wanted, atMost));
    return this;
  }

  /** Something to be said below the table. */
  Section remark(String remark) {
    remarks.add(remark);
    return this;
  }

  Figures figures() {
    return figures;
  }

  List<Column> columns() {
    return columns;
  }

  List<Goal> goals() {
    return goals;
  }

  String toMarkdown() {
    StringBuilder out = new StringBuilder();
    out.append("## ").append(title).append("\n\n").append(text).append("\n\n");
    out.append("| |");
    columns.forEach(column -> out.append(' ').append(column.heading()).append(" |"));
    out.append("\n| --- |").append(" ---: |".repeat(columns.size())).append('\n');
    for (String contender : figures.contenders()) {
      out.append("| ").append(contender).append(" |");
      for (Column column : columns) {
        out.append(' ')
            .append(column.show(figures.median(contender, column.figure())))
            .append(" |");
      }
      out.append('\n');
    }
    out.append('\n');
    goals.forEach(goal -> out.append("- ").append(goal).append('\n'));
    remarks.forEach(remark -> out.append("- ").append(remark).append('\n'));
    return out.toString();
  }

  private String says(String contender, String figure, String other, String otherFigure) {
    return figure.equals(otherFigure)
        ? heading(figure) + ", " + contender + " / " + other
        : contender + " " + heading(figure) + " / " + other + " " + heading(otherFigure);
  }

  private String heading(String figure) {
    return columns.stream()
        .filter(column -> column.figure().equals(figure))
        .map(Column::heading)
        .findFirst()
        .orElse(figure);
  }

  private OptionalDouble ratio(String contender, String figure, String other, String otherFigure) {
    OptionalDouble above = figures.median(contender, figure);
    OptionalDouble below = figures.median(other, otherFigure);
    return above.isPresent() && below.isPresent()
        ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
        : OptionalDouble.empty();
  }
}
