package org.inotify4j.fs.programs;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Changes files below a directory, each time waiting until a library has told of it. */
final class ChangeLog {

  private static final int PATIENCE_SECONDS = 30;

  private final Path directory;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Set<String> heard = new LinkedHashSet<>();

  ChangeLog(Path directory) {
    this.directory = directory;
  }

  /** What the library tells, from whichever thread. */
  void tell(Object what, Path path) {
    boolean ofDefault = path.getFileSystem().equals(FileSystems.getDefault());
    told.add(what + " " + directory.relativize(path) + (ofDefault ? "" : " of elsewhere"));
  }

  /** Makes, modifies and deletes, and prints what was told: each once, in order. */
  void run(String created, String modified, String deleted)
      throws IOException, InterruptedException {
    Path sub = Files.createDirectories(directory.resolve("sub"));
    await(created + " sub");
    Path deep = Files.createDirectory(sub.resolve("deep"));
    await(created + " sub/deep");
    Path file = Files.createFile(deep.resolve("file"));
    await(created + " sub/deep/file");
    Files.writeString(file, "some text");
    await(modified + " sub/deep/file");
    Files.delete(file);
    await(deleted + " sub/deep/file");
    Path other = Files.createFile(directory.resolve("other"));
    await(created + " other");
    Files.delete(other);
    await(deleted + " other");
    System.out.println(String.join("\n", heard));
  }

  private void await(String expected) throws InterruptedException {
    while (!heard.contains(expected)) {
      String next = told.poll(PATIENCE_SECONDS, SECONDS);
      if (next == null) {
        throw new AssertionError("never told: " + expected + "; told: " + heard);
      }
      heard.add(next);
    }
  }
}
