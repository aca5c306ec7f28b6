package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** The example of a program that is started again prints what it is told each time. */
final class GoOnAfterRestartExampleTest {

  @Test
  void printsWhatIsThere_andWhatWasMissed() throws Exception {
    String output =
        ChildJvm.ofSource(Path.of("src/examples/java/GoOnAfterRestart.java")).run().output();
    assertThat(output)
        .isEqualTo(
            """
            EXISTS first.csv
            READY
            -- nobody watches --
            ENTRY_DELETE first.csv
            ENTRY_CREATE second.csv
            READY
            ENTRY_CREATE third.csv
            """);
  }
}
