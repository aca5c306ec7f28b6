package org.inotify4j.fs.programs;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes zip files, one in the other, and reads them. */
public final class ZipFiles {

  private ZipFiles() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Path outer = directory.resolve("outer.zip");
    Path inner = directory.resolve("inner.zip");
    Path text = Files.writeString(directory.resolve("text"), "from outside");
    try (FileSystem zip = FileSystems.newFileSystem(inner, Map.of("create", "true"))) {
      Files.copy(text, zip.getPath("/copy"));
      Files.createDirectory(zip.getPath("/deep"));
      Files.writeString(zip.getPath("/deep/er"), "made inside");
    }
    try (FileSystem zip =
        FileSystems.newFileSystem(URI.create("jar:" + outer.toUri()), Map.of("create", "true"))) {
      Files.move(inner, zip.getPath("/inner.zip"));
    }
    System.out.println("inner is outside: " + Files.exists(inner));
    try (FileSystem zip = FileSystems.newFileSystem(outer);
        FileSystem nested = FileSystems.newFileSystem(zip.getPath("/inner.zip"));
        Stream<Path> entries = Files.walk(nested.getPath("/"))) {
      List<String> names = entries.map(Path::toString).sorted().toList();
      System.out.println(names);
      Files.copy(nested.getPath("/deep/er"), directory.resolve("er"));
    }
    System.out.println(Files.readString(directory.resolve("er")));
  }
}
