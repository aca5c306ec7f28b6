package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a user without rights can notice. */
final class WatcherAsNobodyTest {

  @TempDir private Path shelf;

  @Test
  void rootThatMayNotBeRead() throws Exception {
    try (WatcherProgram program = WatcherProgram.asNobody(shelf)) {
      assertThat(program.ask("chmod 0 root")).isEqualTo("done");
      assertThat(program.ask("tree")).isEqualTo("AccessDeniedException");
      assertThat(program.ask("chmod 700 root; chmod 0 .")).isEqualTo("done");
      assertThat(program.ask("tree")).isEqualTo("AccessDeniedException");
    }
  }

  @Test
  void rootThatMayNotBeReadForAWhile() throws Exception {
    try (WatcherProgram program = WatcherProgram.asNobody(shelf)) {
      assertThat(program.ask("tree")).isEqualTo("started");
      // What is open already is heard on.
      assertThat(program.ask("cd root/d; chmod 0 ..; echo > f")).isEqualTo("done");
      assertThat(program.ask("told")).isEqualTo("[CREATED d/f]");
      assertThat(program.ask("chmod 700 root; echo > root/g; echo > root/d/h")).isEqualTo("done");
      assertThat(program.ask("told")).isEqualTo("[CREATED d/h, CREATED g]");
    }
  }

  @Test
  void rootThatComesAndMayNotBeRead() throws Exception {
    try (WatcherProgram program = WatcherProgram.asNobody(shelf)) {
      assertThat(program.ask("tree")).isEqualTo("started");
      assertThat(program.ask("mkdir -m 0 next; rmdir root/d; mv -T next root")).isEqualTo("done");
      assertThat(program.ask("told")).isEqualTo("[DELETED d, ROOT_GONE it may not be read]");
      assertThat(program.ask("chmod 700 root; mkdir root/e")).isEqualTo("done");
      assertThat(program.ask("told")).isEqualTo("[CREATED e, ROOT_BACK it is watched]");
    }
  }

  @Test
  void directoryThatMayNotBeReadForAWhile() throws Exception {
    try (WatcherProgram program = WatcherProgram.asNobody(shelf)) {
      assertThat(program.ask("tree")).isEqualTo("started");
      assertThat(program.ask("cd root/d; mkdir -m 0 new")).isEqualTo("done");
      assertThat(program.ask("told"))
          .isEqualTo("[CREATED d/new, UNWATCHED permission denied (EACCES)]");
      assertThat(program.ask("chmod 700 root/d/new; echo > root/d/new/f")).isEqualTo("done");
      assertThat(program.ask("told")).isEqualTo("[CREATED d/new/f, MODIFIED d/new]");
    }
  }

  /** Nobody may take a lease on another's file: closing says it, or that nothing happens to it. */
  @Test
  void finishedFilesOfAnotherUser() throws Exception {
    try (WatcherProgram program = WatcherProgram.asNobody(shelf)) {
      Path root = program.root();
      Files.writeString(root.resolve("existing"), "whole");
      assertThat(program.ask("finished")).isEqualTo("started");
      String first = program.ask("told");
      assertThat(first).startsWith("[EXISTING d");
      if (!first.contains("existing")) {
        assertThat(program.ask("later")).isEqualTo("[EXISTING existing]");
      }
      try (OutputStream open = Files.newOutputStream(root.resolve("f"))) {
        open.write(1);
        assertThat(program.ask("told")).isEqualTo("[]");
      }
      assertThat(program.ask("told")).isEqualTo("[CREATED f]");
      Path secret = root.resolveSibling("secret");
      Files.writeString(secret, "whole");
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
      Files.move(secret, root.resolve("secret"));
      assertThat(program.ask("told")).isEqualTo("[CREATED secret]");
      Files.createLink(root.resolve("linked"), root.resolve("existing"));
      assertThat(program.ask("later")).isEqualTo("[CREATED linked]");
    }
  }
}
