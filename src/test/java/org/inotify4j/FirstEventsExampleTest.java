package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The first program that a reader tries prints what its reader is told. */
final class FirstEventsExampleTest {

  @Test
  void printsTheEventsOfTheSteps() throws Exception {
    String output = ChildJvm.ofSource(Path.of("src/examples/java/FirstEvents.java")).run().output();
    assertThat(output)
        .isEqualTo(
            """
            INotifyEvent[wd=1, mask=CREATE|ISDIR, cookie=0, name=foo]
            INotifyEvent[wd=1, mask=CREATE, cookie=0, name=test.txt]
            INotifyEvent[wd=1, mask=MODIFY, cookie=0, name=test.txt]
            INotifyEvent[wd=1, mask=DELETE, cookie=0, name=test.txt]
            INotifyEvent[wd=1, mask=DELETE|ISDIR, cookie=0, name=foo]
            INotifyEvent[wd=1, mask=DELETE_SELF, cookie=0, name=]
            INotifyEvent[wd=1, mask=IGNORED, cookie=0, name=]
            """);
  }
}
