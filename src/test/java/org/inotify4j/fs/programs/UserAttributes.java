package org.inotify4j.fs.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** Sets and reads attributes of its own. */
public final class UserAttributes {

  private UserAttributes() {}

  public static void main(String[] args) throws Exception {
    Path file = Files.createFile(Path.of(args[0], "file"));
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    view.write("colour", ByteBuffer.wrap("green".getBytes(US_ASCII)));
    System.out.println(view.list() + " " + view.size("colour"));
    byte[] value = (byte[]) Files.getAttribute(file, "user:colour");
    System.out.println(new String(value, US_ASCII));
    view.delete("colour");
    System.out.println(view.list());
  }
}
