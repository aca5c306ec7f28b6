package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** The example of a tree prints what its reader is told. */
final class WatchTreeExampleTest {

  @Test
  void printsTheEventsOfTheSteps() throws Exception {
    String output = ChildJvm.ofSource(Path.of("src/examples/java/WatchTree.java")).run().output();
    assertThat(output)
        .isEqualTo(
            """
            ENTRY_CREATE src
            ENTRY_CREATE src/main
            ENTRY_CREATE src/main/java
            ENTRY_CREATE src/main/java/App.java
            RENAME Rename[from=src/main, to=src/core]
            ENTRY_DELETE src/core/java/App.java
            """);
  }
}
