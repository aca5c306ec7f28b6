package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** The examples of the watcher print what their reader is told. */
final class WatcherExamplesTest {

  private static String output(String example) throws Exception {
    return ChildJvm.ofSource(Path.of("src/examples/java", example + ".java")).run().output();
  }

  @Test
  void buildOnChange() throws Exception {
    assertThat(output("BuildOnChange"))
        .isEqualTo(
            """
            build:
              CREATED src/App.java
              CREATED src/Main.java
            build:
              DELETED src/Main.java
            """);
  }

  @Test
  void importDirectory() throws Exception {
    assertThat(output("ImportDirectory"))
        .isEqualTo(
            """
            early.csv: 2 lines
            still writing
            late.csv: 3 lines
            """);
  }

  @Test
  void reloadOnChange() throws Exception {
    assertThat(output("ReloadOnChange"))
        .isEqualTo(
            """
            the defaults
            color=red
            color=blue
            the defaults
            """);
  }

  @Test
  void comingFrom() throws Exception {
    assertThat(output("ComingFrom"))
        .isEqualTo(
            """
            CREATED note.txt
            DELETED note.txt
            new: note.txt
            gone: note.txt
            CREATED note.txt
            DELETED note.txt
            file created: note.txt
            file deleted: note.txt
            note.txt [CREATE]
            note.txt [CLOSE_WRITE]
            """);
  }
}
