package org.inotify4j.bench;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;

/** A picture of figures that grow with something, a curve for each contender. */
final class Curves {

  /** Each contender has its own in every picture. */
  private static final Map<String, Color> COLORS =
      Map.of(
          Contender.C,
          Color.BLACK,
          Contender.JDK,
          new Color(0xC03030),
          Contender.FLAG,
          new Color(0x50A050),
          Contender.API,
          new Color(0x208020),
          "inotifywait",
          new Color(0x3060C0),
          "directory-watcher",
          new Color(0xD09020));

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
    XYStyler style = chart.getStyler();
    style.setXAxisLogarithmic(true);
    style.setXAxisDecimalPattern("#,###");
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Horizontal);
    if (up.startsWith("%")) {
      style.setYAxisMin(0.0);
      style.setYAxisMax(110.0);
    } else {
      style.setYAxisLogarithmic(true);
      style.setYAxisDecimalPattern("#,###.####");
    }
    points.forEach((contender, all) -> draw(chart, contender, all));
    return chart;
  }

  private static void draw(XYChart chart, String contender, List<double[]> all) {
    XYSeries series =
        chart.addSeries(
            contender,
            all.stream().mapToDouble(point -> point[0]).toArray(),
            all.stream().mapToDouble(point -> point[1]).toArray());
    Color color = COLORS.getOrDefault(contender, Color.GRAY);
    series.setMarkerColor(color).setLineColor(color);
    boolean isOurs = contender.equals(Contender.API) || contender.equals(Contender.FLAG);
    series.setLineWidth(isOurs ? 3 : 1.5f);
    series.setLineStyle(
        contender.equals(Contender.FLAG) ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
  }
}
