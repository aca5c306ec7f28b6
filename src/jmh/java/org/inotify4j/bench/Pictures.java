package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;

/** The pictures of a run. */
final class Pictures {

  private final Map<String, Curves> pictures = new LinkedHashMap<>();

  void add(String name, Curves curves) {
    pictures.put(name, curves);
  }

  /** Writes each as a PNG file of its name. */
  void write(Path directory) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Files.createDirectories(directory);
    for (Map.Entry<String, Curves> picture : pictures.entrySet()) {
      BitmapEncoder.saveBitmap(
          picture.getValue().draw(),
          directory.resolve(picture.getKey()).toString(),
          BitmapEncoder.BitmapFormat.PNG);
    }
  }
}
