package org.inotify4j.watch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.inotify4j.Syscalls;
import org.opentest4j.TestAbortedException;

/** Changes a tree at random. What fails, since another one changes it as well, just fails. */
public final class TreeChanges {

  private static final String[] NAMES = {"a", "b", "c", "d", "e"};

  private final Random random;
  private final Path root;
  private final Path outside;
  private boolean isWithoutExchanges;

  public TreeChanges(long seed, Path root, Path outside) {
    this.random = new Random(seed);
    this.root = root;
    this.outside = outside;
  }

  /**
   * Exchanges nothing: who watches the directory alone cannot tell what is there after two moves,
   * there and back.
   */
  @CanIgnoreReturnValue
  TreeChanges withoutExchanges() {
    isWithoutExchanges = true;
    return this;
  }

  public void make(int changes) throws IOException {
    for (int i = 0; i < changes; i++) {
      try {
        makeOne();
      } catch (FileSystemException | java.io.UncheckedIOException | TestAbortedException e) {
        // Another one was faster.
      } catch (IOException e) {
        if (!String.valueOf(e.getMessage()).contains("renameat2")) {
          throw e;
        }
      }
    }
  }

  private void makeOne() throws IOException {
    switch (random.nextInt(16)) {
      case 0, 1 -> Files.createFile(any());
      case 2 -> Files.writeString(any(), "" + random.nextLong(), StandardOpenOption.CREATE);
      case 3, 4 -> Files.createDirectory(any());
      case 5, 6 -> Files.createDirectories(any().resolve(name()).resolve(name()));
      case 7, 8, 9 -> {
        Path from = any();
        Files.move(from, any(), StandardCopyOption.ATOMIC_MOVE);
      }
      case 10 -> Files.move(any(), out(), StandardCopyOption.ATOMIC_MOVE);
      case 11 -> Files.move(out(), any(), StandardCopyOption.ATOMIC_MOVE);
      case 12 -> {
        Path one = any();
        exchange(one, any());
      }
      case 13 -> Files.delete(any());
      case 14 -> removeAll(any());
      default -> {
        Path again = any();
        removeAll(again);
        Files.createDirectory(again);
        Files.createFile(again.resolve(name()));
      }
    }
  }

  private void exchange(Path one, Path other) throws IOException {
    // The kernel refuses otherwise.
    if (!isWithoutExchanges && !one.startsWith(other) && !other.startsWith(one)) {
      Syscalls.exchange(one, other);
    }
  }

  /** A script of commands that do the like. */
  public String script(int commands) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < commands; i++) {
      lines.add(
          switch (random.nextInt(6)) {
            case 0 -> "mkdir -p " + any() + "/" + name();
            case 1 -> "mv -T " + any() + " " + any();
            case 2 -> "rm -rf " + any();
            case 3 -> "mv -T " + any() + " " + out();
            case 4 -> "mv -T " + out() + " " + any();
            default -> ": > " + any();
          });
    }
    return String.join("\n", lines);
  }

  private Path any() {
    Path path = root.resolve(name());
    while (random.nextInt(5) < 3) {
      path = path.resolve(name());
    }
    return path;
  }

  private Path out() {
    return outside.resolve(name());
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }

  public static void removeAll(Path top) throws IOException {
    if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> entries;
      try (Stream<Path> stream = Files.list(top)) {
        entries = stream.toList();
      }
      for (Path entry : entries) {
        removeAll(entry);
      }
    }
    try {
      Files.deleteIfExists(top);
    } catch (DirectoryNotEmptyException e) {
      // Somebody adds to it.
    }
  }
}
