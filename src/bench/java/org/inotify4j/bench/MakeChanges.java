package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes files in a directory and deletes each at once, when a byte comes on its standard input: two
 * events a file.
 */
final class MakeChanges {

  private MakeChanges() {}

  /**
   * Begins when it is told to.
   *
   * @param args the directory, and how many files
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    int files = Integer.parseInt(args[1]);
    if (System.in.read() < 0) {
      return;
    }
    for (int i = 0; i < files; i++) {
      Path file = directory.resolve(String.format("file-%07d.txt", i));
      Files.createFile(file);
      Files.delete(file);
    }
  }
}
