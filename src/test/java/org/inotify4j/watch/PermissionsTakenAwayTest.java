package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Permissions that are taken away for a while, as only a user without rights can notice: a program
 * that is run as one says what it is told after each of its steps.
 */
final class PermissionsTakenAwayTest {

  @TempDir private Path shelf;

  private List<String> run(String... arguments) throws Exception {
    return ChildJvm.of(Program.class).asNobody(shelf).run(arguments).output().lines().toList();
  }

  @Test
  void directoryThatMayNotBeRead() throws Exception {
    assertThat(run("tree", "chmod u-r d; mkdir -p d/new/sub", "chmod u+r d", "touch d/new/sub/f"))
        .containsExactly(
            "[ENTRY_CREATE d/new, UNWATCHED d/new]",
            "[ENTRY_CREATE d/new/sub]",
            "[ENTRY_CREATE d/new/sub/f]");
  }

  @Test
  void directoryThatMayNotBeSearched() throws Exception {
    // Who is inside already can go on there.
    assertThat(
            run(
                "tree",
                "cd d/e; chmod u-x ..; mkdir -p new/sub",
                "chmod u+x d",
                "touch d/e/new/sub/f"))
        .containsExactly(
            "[ENTRY_CREATE d/e/new, UNWATCHED d/e/new]",
            "[ENTRY_CREATE d/e/new/sub]",
            "[ENTRY_CREATE d/e/new/sub/f]");
  }

  @Test
  void directoryAboveTheTree_ofWhichNobodyHears() throws Exception {
    assertThat(
            run("tree", "chmod u-x ..; mkdir -p d/new/sub", "chmod u+x $TOP", "touch d/new/sub/f"))
        .containsExactly(
            "[ENTRY_CREATE d/new, UNWATCHED d/new]",
            "later [ENTRY_CREATE d/new/sub]",
            "[ENTRY_CREATE d/new/sub/f]");
  }

  @Test
  void directoryOfAFile() throws Exception {
    assertThat(run("file", "chmod u-r d; ln -s d next; mv -T next now", "chmod u+r d", "rm d/f"))
        .containsExactly("[UNWATCHED ]", "[ENTRY_MODIFY ]", "[ENTRY_DELETE ]");
  }

  /** As a key that others may use and not see. */
  @Test
  void fileInADirectoryThatMayBeSearchedAndNotListed() throws Exception {
    assertThat(
            run(
                "private",
                "true",
                "echo 1 >> d/f",
                "chmod g+r d/f",
                "echo 2 > d/new; mv d/new d/f",
                "echo 2 >> d/f",
                "rm d/f",
                "touch d/f",
                "chmod u+r d",
                "mv d/f d/away"))
        .containsExactly(
            "[UNWATCHED ]",
            "[ENTRY_MODIFY ]",
            "[ENTRY_MODIFY ]",
            "[ENTRY_MODIFY ]",
            "[ENTRY_MODIFY ]",
            "[ENTRY_DELETE ]",
            "later [ENTRY_CREATE ]",
            "[ENTRY_MODIFY ]",
            "[ENTRY_DELETE ]");
  }

  /** Its own directory tells all that is done to it; that further up is looked at now and then. */
  @Test
  void directoryAboveAFileThatMayNotBeListed() throws Exception {
    assertThat(run("above", "true", "echo 1 >> d/e/x", "mv d gone"))
        .containsExactly("nothing", "[ENTRY_MODIFY ]", "later [ENTRY_DELETE ]");
  }

  /** Runs scripts beside a tree or a file that it watches. */
  static final class Program {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path top = Files.createTempDirectory("top");
      Path root = top.resolve("root");
      Files.createDirectories(root.resolve("d/e"));
      Files.createFile(root.resolve("d/f"));
      Files.createSymbolicLink(root.resolve("now"), Path.of("d"));
      try (INotifyWatchService service = INotifyWatchService.open()) {
        WatchKey key = register(service, arguments[0], root);
        for (String script : List.of(arguments).subList(1, arguments.length)) {
          run(script, top);
          System.out.println(told(service, key));
        }
      }
    }

    private static WatchKey register(INotifyWatchService service, String what, Path root)
        throws IOException {
      WatchEvent.Kind<?>[] ofTree = {ENTRY_CREATE, UNWATCHED};
      WatchEvent.Kind<?>[] ofFile = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, UNWATCHED};
      if (what.equals("tree")) {
        return service.register(root, ofTree, INotifyModifiers.RECURSIVE);
      }
      String file = what.equals("file") ? "now/f" : what.equals("private") ? "d/f" : "d/e/x";
      if (!what.equals("file")) {
        Path directory = root.resolve("d");
        Files.createFile(directory.resolve("e/x"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("-wx--x--x"));
      }
      return service.register(root.resolve(file), ofFile, INotifyModifiers.FILE);
    }

    private static void run(String script, Path top) throws Exception {
      // Not every script finds the tree by its path.
      ProcessBuilder shell =
          new ProcessBuilder("sh", "-e", "-c", "cd $TOP/root 2>/dev/null || true; " + script);
      shell.environment().put("TOP", top.toString());
      if (shell.inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException(script);
      }
    }

    /** What is told at once, or {@code later}. */
    private static String told(INotifyWatchService service, WatchKey key) throws Exception {
      if (!service.sync(PATIENCE)) {
        throw new IllegalStateException("not delivered in time");
      }
      List<String> told = Told.by(key);
      if (!told.isEmpty()) {
        return told.toString();
      }
      for (WatchKey next = service.poll(5, SECONDS);
          next != null;
          next = service.poll(5, SECONDS)) {
        List<String> late = Told.by(next);
        next.reset();
        if (!late.isEmpty()) {
          return "later " + late;
        }
      }
      return "nothing";
    }
  }
}
