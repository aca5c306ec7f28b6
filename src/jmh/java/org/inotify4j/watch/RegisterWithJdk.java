package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/** Registers each directory of a tree with the JDK's service, and prints how long that took. */
final class RegisterWithJdk extends SimpleFileVisitor<Path> {

  private final WatchService service;
  private int directories;

  private RegisterWithJdk(WatchService service) {
    this.service = service;
  }

  /**
   * Prints its line.
   *
   * @param args the tree
   */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    long start = System.nanoTime();
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      long opened = System.nanoTime();
      RegisterWithJdk visitor = new RegisterWithJdk(service);
      Files.walkFileTree(root, visitor);
      long registered = System.nanoTime();
      System.out.printf(
          Locale.ROOT,
          "directories=%d\topen=%.6f\tcold=%.6f%n",
          visitor.directories,
          (opened - start) / 1e9,
          (registered - opened) / 1e9);
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    directory.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    directories++;
    return FileVisitResult.CONTINUE;
  }
}
