package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are still being written, by whomever. */
final class OpenFilesTest {

  private final LibC libC = SystemLibC.get();
  private final OpenFiles files = new OpenFiles(libC);
  @TempDir private Path directory;
  private int fd;

  @BeforeEach
  void open() {
    fd = libC.open(PathBytes.of(directory), LibC.O_PATH | Processor.O_DIRECTORY);
    assertThat(fd).isPositive();
  }

  @AfterEach
  void close() {
    libC.close(fd);
  }

  @Test
  void nobodyHasItOpen() throws Exception {
    Files.writeString(directory.resolve("f"), "done");
    assertThat(isBeingWritten("f")).isFalse();
    assertThat(isBeingWritten("f")).as("the lease was given back").isFalse();
  }

  @Test
  void somebodyReadsIt() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "done");
    try (var reader = Files.newInputStream(file)) {
      assertThat(reader.read()).isEqualTo('d');
      assertThat(isBeingWritten("f")).isFalse();
    }
  }

  @Test
  void thisProcessWritesIt_untilItIsClosed() throws Exception {
    try (OutputStream writer = new FileOutputStream(directory.resolve("f").toFile())) {
      writer.write('x');
      assertThat(isBeingWritten("f")).isTrue();
    }
    assertThat(isBeingWritten("f")).isFalse();
  }

  @Test
  void anotherProcessWritesIt_untilItEnds() throws Exception {
    Process writer =
        new ProcessBuilder("sh", "-c", "exec 3> f; echo opened; read line")
            .directory(directory.toFile())
            .start();
    assertThat(writer.inputReader().readLine()).isEqualTo("opened");
    assertThat(isBeingWritten("f")).isTrue();
    writer.outputWriter().close();
    assertThat(writer.waitFor()).isEqualTo(1);
    assertThat(isBeingWritten("f")).isFalse();
  }

  @Test
  void itIsOpenedForWritingWhileItIsAskedFor_nobodyIsHurt() throws Exception {
    Path file = Files.createFile(directory.resolve("f"));
    Process writers =
        new ProcessBuilder("sh", "-c", "for i in $(seq 2000); do echo $i >> f; done")
            .directory(directory.toFile())
            .start();
    while (writers.isAlive()) {
      boolean unused = isBeingWritten("f");
    }
    assertThat(writers.waitFor()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(2000);
  }

  @Test
  void itIsGone_orALink() throws Exception {
    Files.createSymbolicLink(directory.resolve("link"), Path.of("f"));
    assertThat(isBeingWritten("f")).isFalse();
    assertThat(isBeingWritten("link")).isFalse();
  }

  private boolean isBeingWritten(String name) {
    return files.isBeingWritten(fd, name.getBytes(UTF_8));
  }
}
