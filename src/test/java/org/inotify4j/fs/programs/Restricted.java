package org.inotify4j.fs.programs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/** A program that may read and write one directory, and nothing else. */
public final class Restricted {

  private Restricted() {}

  /** Needs the directory that it may use, and one that it may not. */
  public static void main(String[] args) throws Exception {
    Path mine = Path.of(args[0]);
    System.out.println("a directory: " + Files.isDirectory(mine));
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      System.out.println(service.getClass().getName());
      WatchKey key = mine.register(service, ENTRY_CREATE);
      Files.createFile(mine.resolve("x"));
      System.out.println("the key: " + key.equals(service.poll(30, TimeUnit.SECONDS)));
      System.out.println("told: " + key.pollEvents().get(0).context());
      try {
        System.out.println(Path.of(args[1]).register(service, ENTRY_CREATE));
      } catch (SecurityException e) {
        System.out.println("the other one is refused");
      }
    }
  }
}
