package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Opens as many services as it can, and prints how many these are and what they take. */
final class OpenServices {

  private OpenServices() {}

  /**
   * Prints its line.
   *
   * @param args how many
   */
  public static void main(String[] args) throws IOException {
    int wanted = Integer.parseInt(args[0]);
    int threads = Thread.getAllStackTraces().size();
    long descriptors = descriptors("");
    List<WatchService> services = new ArrayList<>();
    try {
      while (services.size() < wanted) {
        services.add(Services.open());
      }
    } catch (IOException e) {
      // This many, then.
    }
    Line line =
        new Line()
            .add("services", services.size())
            .add("threads", Thread.getAllStackTraces().size() - threads)
            .add("inotify", descriptors("anon_inode:inotify"))
            .add("descriptors", descriptors("") - descriptors);
    for (WatchService service : services) {
      service.close();
    }
    line.print();
  }

  private static long descriptors(String kind) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(descriptor -> target(descriptor).startsWith(kind)).count();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // It was that of the listing.
      return "";
    }
  }
}
