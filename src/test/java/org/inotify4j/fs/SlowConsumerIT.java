package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.outputOf;

import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** A program that is late loses events over the JDK's watch service, and none over ours. */
final class SlowConsumerIT {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private static final String NOTHING_LOST =
      """
      files made: 20000
      creations delivered: 20000
      overflow: no
      directory removed: true
      """;

  /** In memory, where there is a file system for that: the program makes many files. */
  private final ChildJvm child =
      ChildJvm.ofSource(Path.of("src/examples/java/SlowConsumer.java"))
          .classPath(JAR, JNA)
          .options("-Djava.io.tmpdir=" + (Files.isWritable(MEMORY) ? MEMORY : TEMPORARY));

  @Test
  void losesNothing_withFlag() throws Exception {
    assertThat(outputOf(child.options(FLAG))).isEqualTo(NOTHING_LOST);
  }

  @Test
  void losesEvents_withoutFlag() throws Exception {
    String output = outputOf(child);
    assertThat(delivered(output)).isBetween(0, 19_999);
    assertThat(output)
        .isEqualTo(
            NOTHING_LOST
                .replace("delivered: 20000", "delivered: " + delivered(output))
                .replace("overflow: no", "overflow: yes"));
  }

  private static int delivered(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("creations delivered: "))
        .mapToInt(line -> Integer.parseInt(line.substring("creations delivered: ".length())))
        .sum();
  }
}
