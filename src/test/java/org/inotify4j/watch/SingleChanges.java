package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;

/** Changes a tree at random, step by step, links among it; says what each step did. */
final class SingleChanges {

  private static final String[] NAMES = {"a", "b", "c"};

  private final Random random;
  private final Path root;
  private final Path outside;

  /** Of a tree, and a place outside of it, which are made. */
  SingleChanges(Random random, Path work) throws IOException {
    this.random = random;
    this.root = Files.createDirectory(work.resolve("root"));
    this.outside = Files.createDirectory(work.resolve("outside"));
  }

  Path root() {
    return root;
  }

  /** A path of the tree, where something may be. */
  Path any() {
    Path path = root.resolve(name());
    while (random.nextInt(5) < 2) {
      path = path.resolve(name());
    }
    return path;
  }

  /** Makes a change, until one can be made. */
  String make() throws IOException {
    while (true) {
      try {
        return tryOne(any());
      } catch (FileSystemException e) {
        // There is nothing there, or something.
      }
    }
  }

  private String tryOne(Path path) throws IOException {
    return switch (random.nextInt(15)) {
      case 0, 1 -> "create " + Files.createFile(path);
      case 2 -> "write " + Files.writeString(path, "x", StandardOpenOption.CREATE);
      case 3, 4, 5 -> "mkdir " + Files.createDirectories(path);
      case 6, 7, 8 -> move(path, any());
      case 9 -> move(path, out());
      case 10 -> move(out(), path);
      case 11 -> {
        Files.delete(path);
        yield "rm " + path;
      }
      case 12 -> "ln -s " + Files.createSymbolicLink(path, random.nextBoolean() ? any() : out());
      case 13 -> "ln " + Files.createLink(path, any());
      default -> "touch " + Files.setLastModifiedTime(path, FileTime.fromMillis(random.nextInt()));
    };
  }

  private static String move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    return "mv " + from + " " + to;
  }

  private Path out() {
    return outside.resolve(name());
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }
}
