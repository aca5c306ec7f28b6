package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A temporary tree of directories and empty files, until it is closed.
 *
 * <p>Every directory has {@value #FAN} others in it as long as there are some, and as many files as
 * the others have.
 */
final class BenchmarkTree implements AutoCloseable {

  private static final int FAN = 10;

  private final Path root;
  private int directories;

  private BenchmarkTree(Path root) {
    this.root = root;
  }

  /**
   * Makes a tree in a directory that is empty.
   *
   * @param directories how many directories are to be below the root
   * @param files how many files are to be in these, all together
   */
  static BenchmarkTree make(Path parent, int directories, int files) throws IOException {
    BenchmarkTree tree = new BenchmarkTree(Files.createDirectory(parent.resolve("tree")));
    try {
      tree.fill(directories, files);
      return tree;
    } catch (IOException | RuntimeException e) {
      try (tree) {
        throw e;
      }
    }
  }

  private void fill(int below, int files) throws IOException {
    directories = 1;
    Queue<Path> parents = new ArrayDeque<>();
    parents.add(root);
    for (int d = 0; d < below; d++) {
      Path parent = d % FAN == FAN - 1 ? parents.remove() : parents.element();
      Path directory = Files.createDirectory(parent.resolve("d" + d));
      directories++;
      parents.add(directory);
      int first = (int) ((long) files * d / below);
      int end = (int) ((long) files * (d + 1) / below);
      for (int f = first; f < end; f++) {
        Files.createFile(directory.resolve("f" + f));
      }
    }
  }

  Path root() {
    return root;
  }

  /** How many directories there are, the root among them. */
  int directories() {
    return directories;
  }

  /** Reads all of it, so that it is in the page cache. */
  void read() throws IOException {
    Files.walkFileTree(root, new SimpleFileVisitor<>() {});
  }

  @Override
  public void close() throws IOException {
    delete(root);
  }

  /** Deletes a directory with everything in it. */
  static void delete(Path top) throws IOException {
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
