package org.inotify4j.fs.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Logs into files that take turns. */
public final class LogFiles {

  private LogFiles() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Logger log = Logger.getLogger("some");
    log.setUseParentHandlers(false);
    FileHandler handler = new FileHandler(directory.resolve("log.%g").toString(), 40, 2, false);
    handler.setFormatter(
        new Formatter() {
          @Override
          public String format(LogRecord record) {
            return record.getMessage() + "\n";
          }
        });
    log.addHandler(handler);
    for (int i = 0; i < 5; i++) {
      log.info("a message of many words: " + i);
    }
    print("open", directory);
    handler.close();
    print("closed", directory);
    System.out.print(Files.readString(directory.resolve("log.1")));
    System.out.print(Files.readString(directory.resolve("log.0")));
  }

  private static void print(String when, Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(path -> path.getFileName().toString()).sorted().toList();
      System.out.println(when + ": " + names);
    }
  }
}
