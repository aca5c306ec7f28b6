package org.inotify4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.inotify4j.libc.Errno;

/**
 * A child's program: opens instances, or adds watches, until a limit is met, and prints {@code
 * LIMIT VALUE}.
 */
final class ProgramAgainstLimits {

  private ProgramAgainstLimits() {}

  /**
   * Arguments: {@code instances}, {@code remedy}, which prints that of this limit, or {@code
   * watches} and how many files to try it with.
   */
  public static void main(String[] args) throws Exception {
    // Where no descriptor is left, no class can be loaded from a directory any more.
    for (Class<?> type :
        List.of(Errno.class, Failures.class, KernelLimits.class, INotifyLimitException.class)) {
      Class.forName(type.getName());
    }
    String met =
        switch (args[0]) {
          case "instances" -> instances(e -> e.limit() + " " + e.value());
          case "remedy" -> instances(INotifyLimitException::remedy);
          default -> watches(Integer.parseInt(args[1]));
        };
    System.out.println(met);
  }

  private static String instances(Function<INotifyLimitException, String> told) throws IOException {
    List<INotify> instances = new ArrayList<>();
    try {
      while (true) {
        instances.add(INotify.open());
      }
    } catch (INotifyLimitException e) {
      return told.apply(e);
    } finally {
      instances.forEach(INotify::close);
    }
  }

  /** Makes the files, prints "ready", and adds the watches when a line comes. */
  private static String watches(int files) throws IOException {
    List<Path> made = new ArrayList<>();
    Path directory = Files.createTempDirectory("limits");
    for (int i = 0; i < files; i++) {
      made.add(Files.createFile(directory.resolve("f" + i)));
    }
    System.out.println("ready");
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    try (INotify inotify = INotify.open()) {
      for (Path file : made) {
        inotify.addWatch(file, Flag.MODIFY);
      }
      return "no limit";
    } catch (INotifyLimitException e) {
      return e.limit() + " " + e.value();
    } finally {
      for (Path file : made) {
        Files.delete(file);
      }
      Files.delete(directory);
    }
  }
}
