import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;

/**
 * Watches a new directory while entries come and go in it, and prints what the kernel saw.
 *
 * <p>The events are read once, at the end. Until then they wait in the kernel's queue, and an event
 * that equals the one before it there is merged with it: the file is written to twice, and MODIFY
 * is reported once.
 */
public class FirstEvents {

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("first-events");
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(directory, Flag.CREATE, Flag.DELETE, Flag.MODIFY, Flag.DELETE_SELF);

      Path foo = Files.createDirectory(directory.resolve("foo"));
      Path text = Files.writeString(directory.resolve("test.txt"), "hello\n");
      Files.writeString(text, "world\n", APPEND);
      Files.delete(text);
      Files.delete(foo);
      Files.delete(directory);

      for (INotifyEvent event : inotify.read()) {
        System.out.println(event);
      }
    }
  }
}
