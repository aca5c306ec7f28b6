package org.inotify4j.fs.programs;

import io.methvin.watcher.DirectoryWatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Hears of changes through io.methvin:directory-watcher. */
public final class WithDirectoryWatcher {

  /** What it prints. */
  public static final String OUTPUT =
      """
      CREATE sub
      CREATE sub/deep
      CREATE sub/deep/file
      MODIFY sub/deep/file
      DELETE sub/deep/file
      CREATE other
      DELETE other
      closed
      """;

  private WithDirectoryWatcher() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Files.createFile(directory.resolve("there before"));
    ChangeLog log = new ChangeLog(directory);
    DirectoryWatcher watcher =
        DirectoryWatcher.builder()
            .path(directory)
            .listener(event -> log.tell(event.eventType(), event.path()))
            .build();
    CompletableFuture<Void> watching = watcher.watchAsync();
    log.run("CREATE", "MODIFY", "DELETE");
    watcher.close();
    watching.get();
    System.out.println("closed");
  }
}
