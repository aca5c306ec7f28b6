package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and paths are exact whatever the locale that the virtual machine runs in. */
final class NamesInLocalesTest {

  private static final List<String> NAMES =
      List.of("%FF%FE", "a%0Ab", "%C3%A9", "%E9", "n".repeat(255), "%C3%A9".repeat(127) + "x");

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
  void exact(String locale, @TempDir Path root) throws Exception {
    assertThat(
            ChildJvm.of(Program.class).environment("LC_ALL", locale).run(root.toString()).output())
        .isEqualTo(
            "entry is exact\ndirectory is watched\nlink is watched\nrelative stays relative\n"
                .repeat(NAMES.size()));
  }

  /** A child's program: checks each name below the directory that is its argument. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      Path root = Path.of(args[0]);
      for (String name : NAMES) {
        checkEntry(Files.createTempDirectory(root, "entry"), name);
        checkDirectory(Files.createTempDirectory(root, "directory"), name);
        checkLink(Files.createTempDirectory(root, "link"), name);
        checkRelative(name);
      }
    }

    private static void checkEntry(Path directory, String name) throws Exception {
      try (INotify inotify = INotify.open()) {
        inotify.addWatch(directory, Flag.CREATE);
        Files.createFile(path(directory, name));
        Path resolved = inotify.read().get(0).name().resolveAgainst(directory);
        try (Stream<Path> listed = Files.list(directory);
            InputStream opened = Files.newInputStream(resolved)) {
          boolean exact = listed.toList().equals(List.of(resolved)) && opened.read() == -1;
          System.out.println(exact ? "entry is exact" : "entry differs: " + name);
        }
      }
    }

    private static void checkDirectory(Path parent, String name) throws Exception {
      Path directory = Files.createDirectory(path(parent, name));
      try (INotify inotify = INotify.open()) {
        inotify.addWatch(directory, Flag.CREATE);
        Files.createFile(directory.resolve("x"));
        boolean watched = Transcript.of(inotify).equals(List.of("1 CREATE x"));
        System.out.println(watched ? "directory is watched" : "directory is not: " + name);
      }
    }

    private static void checkLink(Path parent, String name) throws Exception {
      Path target = Files.createDirectory(parent.resolve("target"));
      Path link = Files.createSymbolicLink(path(parent, name), target);
      try (INotify inotify = INotify.open()) {
        inotify.addWatch(link, Flag.CREATE, Flag.DELETE_SELF, Flag.DONT_FOLLOW);
        Files.createFile(target.resolve("x"));
        Files.delete(link);
        boolean watched = Transcript.of(inotify).equals(List.of("1 DELETE_SELF", "1 IGNORED"));
        System.out.println(watched ? "link is watched" : "link is not: " + name);
      }
    }

    private static void checkRelative(String name) {
      Path relative = Path.of("some", "where");
      Path last = path(Path.of("/"), name).getFileName();
      byte[] bytes = PathBytes.of(path(Path.of("/"), name));
      EntryName entry = EntryName.of(Arrays.copyOfRange(bytes, 1, bytes.length - 1));
      boolean equal = entry.resolveAgainst(relative).equals(relative.resolve(last));
      System.out.println(equal ? "relative stays relative" : "relative differs: " + name);
    }

    private static Path path(Path directory, String encoded) {
      // The directory is there, so that its own URI ends with a slash.
      return Path.of(URI.create(directory.toUri() + encoded));
    }
  }
}
