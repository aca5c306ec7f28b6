package org.inotify4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** A picture of figures that grow with something, a curve for each contender. */
final class Curves {

  private final String title;
  private final String across;
  private final String up;
  private final Map<String, List<double[]>> points = new LinkedHashMap<>();

  Curves(String title, String across, String up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  void add(String contender, double x, double y) {
    points.computeIfAbsent(contender, any -> new ArrayList<>()).add(new double[] {x, y});
  }

  /** Both axes are logarithmic, but not that of percents. */
  XYChart draw() {
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(440)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(up)
            .theme(Styler.ChartTheme.Matlab)
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(!up.startsWith("%"));
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    points.forEach(
        (contender, all) ->
            chart.addSeries(
                contender,
                all.stream().mapToDouble(point -> point[0]).toArray(),
                all.stream().mapToDouble(point -> point[1]).toArray()));
    return chart;
  }
}
