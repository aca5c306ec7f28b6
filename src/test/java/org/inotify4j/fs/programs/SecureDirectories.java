package org.inotify4j.fs.programs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;

/** Works below open directories. */
public final class SecureDirectories {

  private SecureDirectories() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Files.createDirectory(directory.resolve("from"));
    Files.createDirectory(directory.resolve("to"));
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      SecureDirectoryStream<Path> top = (SecureDirectoryStream<Path>) stream;
      try (SecureDirectoryStream<Path> from =
              top.newDirectoryStream(Path.of("from"), NOFOLLOW_LINKS);
          SecureDirectoryStream<Path> to = top.newDirectoryStream(Path.of("to"), NOFOLLOW_LINKS)) {
        write(from, "a");
        write(from, "b");
        from.move(Path.of("a"), to, Path.of("c"));
        from.deleteFile(Path.of("b"));
        to.getFileAttributeView(Path.of("c"), PosixFileAttributeView.class, NOFOLLOW_LINKS)
            .setPermissions(PosixFilePermissions.fromString("r--r-----"));
        System.out.println(
            "is directory: "
                + to.getFileAttributeView(BasicFileAttributeView.class)
                    .readAttributes()
                    .isDirectory());
        System.out.println("from: " + names(directory, from) + ", to: " + names(directory, to));
      }
      top.deleteDirectory(Path.of("from"));
      System.out.println("top: " + names(directory, top));
    }
    Path moved = directory.resolve("to/c");
    System.out.println(
        Files.readString(moved)
            + " "
            + PosixFilePermissions.toString(Files.getPosixFilePermissions(moved)));
  }

  private static void write(SecureDirectoryStream<Path> directory, String name) throws IOException {
    try (SeekableByteChannel channel =
        directory.newByteChannel(Path.of(name), Set.of(CREATE_NEW, WRITE))) {
      channel.write(ByteBuffer.wrap(new byte[] {'o', 'k'}));
    }
  }

  private static Set<String> names(Path top, DirectoryStream<Path> directory) {
    Set<String> names = new TreeSet<>();
    directory.forEach(path -> names.add(top.relativize(path.toAbsolutePath()).toString()));
    return names;
  }
}
