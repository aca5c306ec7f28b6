package org.inotify4j.fs.programs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchService;

/** Says how a watch service is refused, or a registration with it. */
public final class Refused {

  private Refused() {}

  /** Needs a directory. */
  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    String step = "open: ";
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      step = "register: ";
      System.out.println(directory.register(service, ENTRY_CREATE));
    } catch (IOException e) {
      System.out.println(step + e.getMessage());
    }
  }
}
