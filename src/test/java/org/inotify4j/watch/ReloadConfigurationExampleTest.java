package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** The example of a configuration file prints what its reader is told. */
final class ReloadConfigurationExampleTest {

  @Test
  void printsEachConfiguration() throws Exception {
    String output =
        ChildJvm.ofSource(Path.of("src/examples/java/ReloadConfiguration.java")).run().output();
    assertThat(output)
        .isEqualTo(
            """
            starts with the defaults
            reloaded: color=red
            reloaded: color=green
            reloaded: color=blue
            """);
  }
}
