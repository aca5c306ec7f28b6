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
    // The JDK itself opens a socket for the first file that is read so.
    int threads = EventThreads.all().size();
    long descriptors = descriptors("anon_inode:", "socket:", "pipe:");
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
            .add("threads", EventThreads.all().size() - threads)
            .add("inotify", descriptors("anon_inode:inotify"))
            .add("descriptors", descriptors("anon_inode:", "socket:", "pipe:") - descriptors);
    for (WatchService service : services) {
      service.close();
    }
    line.print();
  }

  /** How many descriptors there are of some kinds. */
  private static long descriptors(String... kinds) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(OpenServices::target)
          .filter(target -> Stream.of(kinds).anyMatch(target::startsWith))
          .count();
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
