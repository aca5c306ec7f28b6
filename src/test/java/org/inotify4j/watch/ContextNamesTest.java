package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts are what listing the directory yields, whatever the names and the locale. */
final class ContextNamesTest {

  /** Percent-encoded, as the path of a URI takes any bytes. */
  private static final List<String> NAMES =
      List.of(
          "x",
          "%20",
          "a%0Ab",
          "%FF%FE",
          "%E9",
          "%C3%A9",
          "e%CC%81",
          "%F0%9F%98%80",
          "%25",
          "n".repeat(255),
          "%C3%A9".repeat(127) + "x",
          "%FF".repeat(255));

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void contexts_areExact(String locale, @TempDir Path root) throws Exception {
    String output =
        ChildJvm.of(Program.class).environment("LC_ALL", locale).run(root.toString()).output();
    assertThat(output).isEqualTo("exact\n".repeat(NAMES.size()));
  }

  /** Makes the files, and compares. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Path.of(arguments[0]);
      try (INotifyWatchService service = INotifyWatchService.open()) {
        WatchKey key =
            service.register(
                root, ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME, INotifyEventKinds.OPEN);
        for (String name : NAMES) {
          System.out.println(check(service, key, root, name));
        }
      }
    }

    private static String check(
        INotifyWatchService service, WatchKey key, Path root, String encoded) throws Exception {
      Path file = Path.of(URI.create(root.toUri() + encoded));
      Files.createFile(file);
      Path listed;
      try (Stream<Path> entries = Files.list(root)) {
        listed = entries.toList().get(0).getFileName();
      }
      Files.move(file, root.resolve("other"));
      Files.move(root.resolve("other"), file);
      Files.delete(file);
      List<Object> expected =
          List.of(
              listed,
              listed,
              new Rename(listed, Path.of("other")),
              new Rename(Path.of("other"), listed),
              listed);
      service.sync(Duration.ofSeconds(30));
      List<Object> contexts = new ArrayList<>();
      for (WatchEvent<?> event : key.pollEvents()) {
        if (!event.context().equals(Path.of(""))) {
          contexts.add(event.context());
        }
      }
      return contexts.equals(expected) ? "exact" : encoded + ": " + contexts + ", not " + expected;
    }
  }
}
