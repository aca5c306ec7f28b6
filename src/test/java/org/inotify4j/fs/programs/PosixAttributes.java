package org.inotify4j.fs.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.TreeMap;

/** Sets and reads owners and permissions. */
public final class PosixAttributes {

  private PosixAttributes() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Path file =
        Files.createFile(
            directory.resolve("file"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    print(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    print(file);
    Files.setAttribute(file, "unix:mode", 0750);
    print(file);
    UserPrincipal owner = Files.getOwner(file);
    UserPrincipal found =
        directory
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(owner.getName());
    Files.setOwner(file, found);
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    view.setGroup(Files.readAttributes(directory, PosixFileAttributes.class).group());
    System.out.println(owner.equals(found) + " " + view.name());
    System.out.println(new TreeMap<>(Files.readAttributes(file, "size,isDirectory,isOther")));
    System.out.println(
        Files.isHidden(directory.resolve(".hidden")) + " " + Files.isExecutable(file));
    System.out.println(Files.getFileStore(file).equals(Files.getFileStore(directory)));
  }

  private static void print(Path file) throws Exception {
    System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
