package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** The watch service's example prints what its reader is told. */
final class WatchDirectoryExampleTest {

  @Test
  void printsTheEventsOfTheSteps() throws Exception {
    String output =
        ChildJvm.ofSource(Path.of("src/examples/java/WatchDirectory.java")).run().output();
    assertThat(output)
        .isEqualTo(
            """
            ENTRY_CREATE order.tmp
            CLOSE_WRITE order.tmp
            RENAME Rename[from=order.tmp, to=order]
            ENTRY_DELETE order
            """);
  }
}
