package org.inotify4j.cli.roots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.cli.CommandThread;
import org.inotify4j.watch.INotifyWatchService;

/**
 * A watched tree in which a file was modified three times, which its service tells as one event.
 */
public final class EqualEvents implements AutoCloseable {

  public static final int ASKED = Flag.MODIFY.bit();

  private final INotifyWatchService service;
  private final Roots roots;

  private EqualEvents(INotifyWatchService service) {
    this.service = service;
    this.roots =
        new Roots(
            service, ASKED, new TreeOptions(true, true, List.of(), false, List.of(), List.of()));
  }

  /** Writes them to the file {@code s/f} of a directory. */
  public static EqualEvents in(Path tree) throws IOException, InterruptedException {
    Files.createDirectory(tree.resolve("s"));
    EqualEvents events = new EqualEvents(INotifyWatchService.open());
    assertThat(events.roots.add(tree.toString().getBytes(UTF_8))).isTrue();
    for (int i = 0; i < 3; i++) {
      Files.writeString(
          tree.resolve("s/f"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      // The kernel cannot have merged them: each was read before the next one came.
      assertThat(events.service.sync(CommandThread.PATIENCE)).isTrue();
    }
    return events;
  }

  public INotifyWatchService service() {
    return service;
  }

  public Roots roots() {
    return roots;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
