package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/** The pictures of a run, each of one curve or several, one beside the other. */
final class Pictures {

  private final Map<String, List<XYChart>> pictures = new LinkedHashMap<>();

  /** Adds curves to the picture of a name. */
  void add(String picture, Curves curves) {
    System.setProperty("java.awt.headless", "true");
    pictures.computeIfAbsent(picture, any -> new ArrayList<>()).add(curves.draw());
  }

  /** Writes each as a PNG file. */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, List<XYChart>> picture : pictures.entrySet()) {
      List<XYChart> charts = picture.getValue();
      String file = directory.resolve(picture.getKey()).toString();
      BitmapEncoder.saveBitmap(charts, 1, charts.size(), file, BitmapEncoder.BitmapFormat.PNG);
    }
  }
}
