package org.inotify4j.watch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.inotify4j.ChildJvm;
import org.inotify4j.Syscalls;

/** Runs programs that mount something, each in a mount namespace of its own. */
public final class MountNamespace {

  private MountNamespace() {}

  /** The lines that a program prints. */
  public static List<String> run(Class<?> program, String what, Path scratch) throws Exception {
    return run(ChildJvm.of(program), what, scratch);
  }

  /** The lines that a program prints. */
  public static List<String> run(ChildJvm program, String what, Path scratch) throws Exception {
    Syscalls.assumeRoot();
    assumeTrue(
        new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0,
        "unshare is not possible here");
    return program
        .prefix("unshare", "-m", "--propagation", "private")
        .run(what, scratch.toString())
        .output()
        .lines()
        .toList();
  }

  /** Runs a script, for such a program. */
  public static void shell(Path directory, String script) throws Exception {
    int exit =
        new ProcessBuilder("sh", "-ec", script)
            .directory(directory.toFile())
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(script);
    }
  }
}
