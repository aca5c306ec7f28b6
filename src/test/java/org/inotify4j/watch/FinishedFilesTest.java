package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A program that processes each file when it is finished, and so asks for CLOSE_WRITE and MOVED_TO
 * only: it also hears of files that were finished in a new directory before that could be watched.
 */
final class FinishedFilesTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] FINISHED = {
    INotifyEventKinds.CLOSE_WRITE, INotifyEventKinds.MOVED_TO
  };

  /** What is told of changes that are all made before the poller reads of the first. */
  private List<String> toldOf(WatchKey key, String script) throws Exception {
    try (Gate gate = kernel.holdReads()) {
      shell(script);
      gate.awaitReached();
    }
    return told(key);
  }

  @Test
  void writtenAndRenamed_beforeTheirDirectoryIsWatched() throws Exception {
    WatchKey key = register(FINISHED);
    assertThat(toldOf(key, "mkdir d; echo x > d/1; echo x > d/.t; mv d/.t d/2"))
        .containsExactlyInAnyOrder("CLOSE_WRITE d/1", "CLOSE_WRITE d/2");
    shell("echo x > .t; mv .t d/3; echo x > d/4");
    assertThat(told(key)).containsExactly("CLOSE_WRITE .t", "MOVED_TO d/3", "CLOSE_WRITE d/4");
  }

  @Test
  void whereAFileSystemDoesNotListWhatIsAFile() throws Exception {
    WatchKey key = register(FINISHED);
    kernel.hideTypes();
    assertThat(
            toldOf(
                key, "mkdir -p d/e; echo x > d/1; mkfifo d/fifo; ln -s 1 d/link; echo x > d/e/2"))
        .containsExactlyInAnyOrder("CLOSE_WRITE d/1", "CLOSE_WRITE d/e/2");
  }

  @Test
  void ofSomeFiles_whereAFileSystemDoesNotListWhatIsAFile() throws Exception {
    WatchKey key =
        service.register(
            root, FINISHED, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude("*.txt"));
    kernel.hideTypes();
    Files.createDirectories(outside.resolve("d/e.txt"));
    Files.writeString(outside.resolve("d/1.txt"), "x");
    Files.writeString(outside.resolve("d/2"), "x");
    move(outside.resolve("d"), root.resolve("d"));
    assertThat(told(key)).containsExactly("MOVED_TO d", "CLOSE_WRITE d/2");
  }

  @Test
  void severalLevelsDown() throws Exception {
    WatchKey key = register(FINISHED);
    assertThat(toldOf(key, "mkdir -p d/e/f; echo x > d/e/f/order"))
        .containsExactly("CLOSE_WRITE d/e/f/order");
  }

  @Test
  void stillBeingWritten_whenItIsClosed_andOnce() throws Exception {
    WatchKey key = register(FINISHED);
    Gate gate = kernel.holdReads();
    mkdirs("d");
    try (OutputStream writer = new FileOutputStream(root.resolve("d/f").toFile())) {
      gate.awaitReached();
      gate.open();
      assertThat(told(key)).isEmpty();
      writer.write('x');
    }
    assertThat(told(key)).containsExactly("CLOSE_WRITE d/f");
  }

  @Test
  void comesWithADirectoryThatIsMovedIn() throws Exception {
    WatchKey key = register(FINISHED);
    shell("mkdir -p ../outside/d; echo x > ../outside/d/f; mv ../outside/d .");
    assertThat(told(key)).containsExactly("MOVED_TO d", "CLOSE_WRITE d/f");
  }

  @Test
  void thereWhenTheTreeIsRegistered_isNotTold() throws Exception {
    mkdirs("d");
    touch("d/f");
    assertThat(told(register(FINISHED))).isEmpty();
  }

  @Test
  void whoDoesNotAskForIt_hearsOfItsCreationOnly() throws Exception {
    WatchKey key = register(ENTRY_CREATE);
    assertThat(toldOf(key, "mkdir d; echo x > d/1"))
        .containsExactly("ENTRY_CREATE d", "ENTRY_CREATE d/1");
  }

  @Test
  void whoAsksForBoth_hearsOfItsCreationFirst() throws Exception {
    WatchKey key = register(ENTRY_CREATE, INotifyEventKinds.CLOSE_WRITE);
    assertThat(toldOf(key, "mkdir d; echo x > d/1"))
        .containsExactly("ENTRY_CREATE d", "ENTRY_CREATE d/1", "CLOSE_WRITE d/1");
  }

  @Test
  void whatIsNoPlainFile_isNotOpened_andNotTold() throws Exception {
    WatchKey key = register(FINISHED);
    assertThat(toldOf(key, "mkdir d; mkfifo d/fifo; ln -s /etc/passwd d/link")).isEmpty();
  }

  @Test
  void excluded_isNotTold() throws Exception {
    WatchKey key =
        service.register(
            root, FINISHED, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude("*.tmp"));
    assertThat(toldOf(key, "mkdir d; echo x > d/a.tmp; echo x > d/a"))
        .containsExactly("CLOSE_WRITE d/a");
  }

  @Test
  void mayNotBeRead_isTold_sinceNobodyKnows() throws Exception {
    WatchKey key = register(FINISHED);
    assertThat(toldOf(key, "mkdir d; echo x > d/f; chmod 0 d/f")).contains("CLOSE_WRITE d/f");
    Files.delete(root.resolve("d/f"));
  }
}
