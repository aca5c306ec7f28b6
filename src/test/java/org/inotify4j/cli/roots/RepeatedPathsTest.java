package org.inotify4j.cli.roots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.inotify4j.Flag;
import org.inotify4j.cli.base.Console;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths that are given more than once, and are told first what is there. */
final class RepeatedPathsTest {

  @TempDir private Path shelf;

  @Test
  void whatIsThere_isToldOnce_byTheFirstSpelling() throws Exception {
    Path directory = Files.createDirectory(shelf.resolve("d"));
    Files.createFile(directory.resolve("f"));
    Files.createSymbolicLink(shelf.resolve("link"), directory);
    TreeOptions options =
        new TreeOptions(
            false, true, List.of(), false, List.of(), List.of(INotifyModifiers.INITIAL));
    try (INotifyWatchService service = INotifyWatchService.open()) {
      Roots roots = new Roots(service, Flag.CREATE.bit(), options);
      List<byte[]> missing =
          roots.addAll(
              Stream.of("d", "d/", "./d", "link", "d/f", "d/f", "none", "none")
                  .map(path -> (shelf + "/" + path).getBytes(UTF_8))
                  .toList());
      assertThat(missing).hasSize(2);
      assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
      assertThat(told(service, roots))
          .containsExactlyInAnyOrder(
              "d EXISTS f", "d READY ", "d/f EXISTS ", "d/f READY ", "none READY ");
    }
  }

  /** What is left out is spelled as a path that is watched, and is of that one. */
  @Test
  void spellingOfWhichSomethingIsLeftOut_counts() throws Exception {
    Files.createDirectories(shelf.resolve("d/out"));
    byte[] out = (shelf + "/./d/out").getBytes(UTF_8);
    TreeOptions options =
        new TreeOptions(
            true, true, List.of(), false, List.of(out), List.of(INotifyModifiers.INITIAL));
    try (INotifyWatchService service = INotifyWatchService.open()) {
      Roots roots = new Roots(service, Flag.CREATE.bit(), options);
      assertThat(roots.add((shelf + "/d").getBytes(UTF_8))).isTrue();
      assertThat(service.watchCount()).isEqualTo(2);
      assertThat(roots.add((shelf + "/./d").getBytes(UTF_8))).isTrue();
      assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
      assertThat(service.watchCount()).isEqualTo(1);
    }
  }

  private List<String> told(INotifyWatchService service, Roots roots) {
    Console console = new Console(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    List<String> told = new ArrayList<>();
    for (WatchKey key = service.poll(); key != null; key = service.poll()) {
      boolean isOver =
          roots.take(
              Objects.requireNonNull(key),
              console,
              (root, event, mask) -> {
                String path = shelf.relativize(Path.of(new String(root.bytes(), UTF_8))).toString();
                told.add(path + " " + event.kind() + " " + event.context());
              });
      assertThat(isOver).isFalse();
    }
    return told;
  }
}
