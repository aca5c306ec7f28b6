package org.inotify4j.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** The example of a snapshot prints what its reader is told. */
final class TellWhatChangedExampleTest {

  @Test
  void printsWhatChanged() throws Exception {
    String output =
        ChildJvm.ofSource(Path.of("src/examples/java/TellWhatChanged.java")).run().output();
    assertThat(output)
        .isEqualTo(
            """
            DELETED notes.txt
            MOVED src -> source
            CREATED source/Main.java
            MODIFIED source/App.java
            """);
  }
}
