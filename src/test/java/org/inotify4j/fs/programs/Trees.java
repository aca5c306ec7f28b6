package org.inotify4j.fs.programs;

import static java.nio.file.FileVisitOption.FOLLOW_LINKS;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes, walks, copies, moves and deletes trees of files. */
public final class Trees {

  private Trees() {}

  @SuppressWarnings("StreamResourceLeak") // print closes it.
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Path tree = Files.createDirectories(root.resolve("tree/a/b/c"));
    Path top = root.resolve("tree");
    Files.writeString(tree.resolve("deep.txt"), "deep");
    Files.writeString(top.resolve("top.txt"), "top");
    Files.createSymbolicLink(top.resolve("link"), Path.of("a", "b"));
    Files.createLink(top.resolve("hard.txt"), top.resolve("top.txt"));
    Files.setLastModifiedTime(top.resolve("top.txt"), FileTime.fromMillis(1_000_000));

    System.out.println("link: " + Files.readSymbolicLink(top.resolve("link")));
    System.out.println("real: " + root.toRealPath().relativize(top.resolve("link/c").toRealPath()));
    System.out.println(
        "same: " + Files.isSameFile(top.resolve("hard.txt"), top.resolve("top.txt")));
    print("walk", root, Files.walk(top));
    print("follow", root, Files.walk(top, FOLLOW_LINKS));
    print("find", root, Files.find(top, 9, (path, attributes) -> attributes.isSymbolicLink()));
    print("list", root, Files.list(top));
    try (DirectoryStream<Path> texts = Files.newDirectoryStream(top, "*.txt")) {
      Set<String> names = new TreeSet<>();
      texts.forEach(path -> names.add(path.getFileName().toString()));
      System.out.println("glob: " + names);
    }

    Path copy = root.resolve("copy");
    copyTree(top, copy);
    print("copy", root, Files.walk(copy));
    System.out.println("time: " + Files.getLastModifiedTime(copy.resolve("top.txt")).toMillis());
    System.out.println(
        "mismatch: " + Files.mismatch(top.resolve("top.txt"), tree.resolve("deep.txt")));

    Path moved = Files.move(copy, root.resolve("moved"), ATOMIC_MOVE);
    Files.move(moved.resolve("hard.txt"), moved.resolve("top.txt"), REPLACE_EXISTING);
    print("moved", root, Files.walk(moved));
    refusals(root, moved);

    deleteTree(moved);
    System.out.println("left: " + Files.exists(moved) + " " + Files.notExists(moved));
    Path temporary = Files.createTempFile(root, "some", ".tmp");
    System.out.println(
        "temporary: "
            + Files.isRegularFile(temporary)
            + " "
            + Files.deleteIfExists(temporary)
            + " "
            + Files.deleteIfExists(temporary));
    File file = top.toFile();
    System.out.println("file: " + file.toPath().equals(top) + " " + file.isDirectory());
    System.out.println(
        "matches: "
            + FileSystems.getDefault()
                .getPathMatcher("glob:**/*.txt")
                .matches(tree.resolve("deep.txt")));
  }

  private static void refusals(Path root, Path moved) throws IOException {
    try {
      Files.delete(moved);
    } catch (DirectoryNotEmptyException e) {
      System.out.println("not empty: " + root.relativize(Path.of(e.getMessage())));
    }
    try {
      Files.createFile(moved.resolve("top.txt"));
    } catch (FileAlreadyExistsException e) {
      System.out.println("exists: " + root.relativize(Path.of(e.getFile())));
    }
    try {
      Files.readString(root.resolve("missing"));
    } catch (NoSuchFileException e) {
      System.out.println("missing: " + root.relativize(Path.of(e.getFile())));
    }
  }

  private static void print(String what, Path root, Stream<Path> paths) {
    try (paths) {
      System.out.println(
          what + ": " + paths.map(root::relativize).map(Path::toString).sorted().toList());
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(directory, to.resolve(from.relativize(directory)), COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), COPY_ATTRIBUTES, NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
