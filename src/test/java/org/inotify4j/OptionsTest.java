package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of opening, as the kernel sees them. */
final class OptionsTest {

  private static final int BOTH = OpenDescriptors.CLOEXEC | OpenDescriptors.NONBLOCK;

  @Test
  void open_isCloseOnExecAndBlocking() throws Exception {
    try (INotify inotify = INotify.open()) {
      assertThat(OpenDescriptors.flags(inotify.fd()) & BOTH).isEqualTo(OpenDescriptors.CLOEXEC);
    }
  }

  @Test
  void inheritable_isNotCloseOnExec() throws Exception {
    try (INotify inotify = INotify.builder().inheritable(true).open()) {
      assertThat(OpenDescriptors.flags(inotify.fd()) & BOTH).isZero();
    }
  }

  @Test
  void nonblocking_isTheDescriptors() throws Exception {
    try (INotify inotify = INotify.builder().nonblocking(true).open()) {
      assertThat(OpenDescriptors.flags(inotify.fd()) & BOTH).isEqualTo(BOTH);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void childProcesses_doNotHoldTheInstance(boolean inheritable, @TempDir Path root)
      throws Exception {
    try (INotify inotify = INotify.builder().inheritable(inheritable).open()) {
      inotify.addWatch(root, Flag.CREATE);
      Process child = new ProcessBuilder("ls", "-l", "/proc/self/fd").start();
      try (BufferedReader out = child.inputReader(UTF_8)) {
        // Java's own way to start a process closes what could be inherited as well.
        assertThat(out.lines()).isNotEmpty().noneMatch(line -> line.contains("inotify"));
      }
      assertThat(child.waitFor()).isZero();
      Files.createFile(root.resolve("x"));
      assertThat(Transcript.of(inotify)).containsExactly("1 CREATE x");
    }
  }
}
