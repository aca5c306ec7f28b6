package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much may be pending. The bounds are system properties that the JDK reads once, so each case
 * is a virtual machine of its own, in which both services are asked.
 */
final class BoundsTest {

  private static final String JDK = "-Djdk.nio.file.WatchService.maxEventsPerPoll=";

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({"10, 10", "0x20, 32", "0, 1", "-5, 1", "many, 512"})
  void jdksProperty_isHonouredByBoth(String value, int bound) throws Exception {
    // The JDK 17 does not know it yet.
    int jdks = Runtime.version().feature() == 17 ? 512 : bound;
    assertThat(run(bound, JDK + value))
        .isEqualTo("JDK\n" + filled(bound, jdks) + "INOTIFY4J\n" + filled(bound, bound));
  }

  @Test
  void jdksProperty_goesBeforeOurs() throws Exception {
    assertThat(run(10, JDK + 10, "-Dinotify4j.maxPendingEvents=5")).endsWith(ours(10, 10));
  }

  @Test
  void defaultBound_isTheJdksForTheJdk_andHigherForUs() throws Exception {
    assertThat(run(512))
        .isEqualTo("JDK\n" + filled(512, 512) + "INOTIFY4J\n" + filled(512, 1_000_000));
  }

  @ParameterizedTest
  @CsvSource({"0x20, 32", "-5, 1"})
  void ourProperty_isABoundOfEventsForOurs(String value, int bound) throws Exception {
    assertThat(run(bound, "-Dinotify4j.maxPendingEvents=" + value)).endsWith(ours(bound, bound));
  }

  @Test
  void ourProperties_unparsable_areTheDefaults() throws Exception {
    assertThat(run(513, "-Dinotify4j.maxPendingEvents=many", "-Dinotify4j.maxPendingBytes=much"))
        .endsWith(ours(513, 1_000_000));
  }

  @Test
  void ourProperty_isABoundOfBytesOfAService() throws Exception {
    // Room for the first piece of 256 bytes, 11 events with 6 bytes of name, and no second one.
    assertThat(run(11, "-Dinotify4j.maxPendingBytes=0x3E8")).endsWith(ours(11, 11));
  }

  private static String ours(int events, int bound) {
    return "INOTIFY4J\n" + filled(events, bound);
  }

  /**
   * What a service says that is filled with so many events, with one more and with two more, and
   * then told another one. At the bound all is pending; one more, and all is dropped for one
   * OVERFLOW; the event after it raises the count; after the poll events come again.
   */
  private static String filled(int events, int bound) {
    StringBuilder said = new StringBuilder();
    for (int more = 0; more <= 2; more++) {
      int pending = events + more;
      said.append(pending <= bound ? "filled " + pending : "OVERFLOW null " + (pending - bound));
      said.append('\n');
    }
    return said.append("ENTRY_CREATE again 1\n").toString();
  }

  private String run(int bound, String... options) throws Exception {
    return ChildJvm.of(Program.class)
        .options(options)
        .run(root.toString(), Integer.toString(bound))
        .output();
  }

  /** Fills the keys of both services with so many events and a few more. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Path.of(arguments[0]);
      int bound = Integer.parseInt(arguments[1]);
      for (Implementation implementation : Implementation.all()) {
        System.out.println(implementation);
        for (int more = 0; more <= 2; more++) {
          fill(implementation, root, bound + more, more == 2);
        }
      }
    }

    private static void fill(Implementation implementation, Path root, int events, boolean last)
        throws Exception {
      Path directory = Files.createTempDirectory(root, "filled");
      Path quiet = Files.createTempDirectory(root, "quiet");
      try (WatchService service = implementation.open()) {
        WatchKey key =
            implementation.register(service, directory, new WatchEvent.Kind<?>[] {ENTRY_CREATE});
        for (int i = 0; i < events; i++) {
          Files.createFile(directory.resolve(String.format("%06d", i)));
        }
        implementation.sync(service, quiet);
        print(key);
        if (last) {
          Files.createFile(directory.resolve("again"));
          implementation.sync(service, quiet);
          print(key);
        }
      }
    }

    private static void print(WatchKey key) {
      var events = key.pollEvents();
      boolean single = events.size() == 1 && !"000000".equals("" + events.get(0).context());
      if (single) {
        WatchEvent<?> event = events.get(0);
        System.out.println(event.kind() + " " + event.context() + " " + event.count());
      } else {
        System.out.println("filled " + events.size());
      }
    }
  }
}
