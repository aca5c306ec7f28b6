package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A directory is mounted where the kernel does not report what is done beneath. */
abstract class SilentMountTest {

  @RegisterExtension final SilentMounts mounts = new SilentMounts();

  final AlteredKernel kernel = new AlteredKernel();
  @TempDir Path scratch;
  Path source;
  Path mounted;
  Bindfs server;
  INotifyWatchService service;

  private final String at;
  private final String[] entries;

  /**
   * One that is mounted at a path.
   *
   * @param entries what is in it: a directory has a slash at its end
   */
  SilentMountTest(String at, String... entries) {
    this.at = at;
    this.entries = entries;
  }

  @BeforeEach
  void mountAndOpen() throws IOException {
    source = Files.createDirectory(scratch.resolve("source"));
    for (String entry : entries) {
      Path path = source.resolve(entry);
      Path unused = entry.endsWith("/") ? Files.createDirectory(path) : Files.createFile(path);
    }
    mounted = Files.createDirectories(scratch.resolve(at));
    server = mountSource();
    service = INotifyWatchService.open(kernel.openHub());
  }

  Bindfs mountSource() throws IOException {
    return mounts.mount(source, mounted);
  }

  @AfterEach
  void close() throws Exception {
    System.clearProperty(PollSettings.MODE_PROPERTY);
    // A server may be stopped, and is to hold up nothing here.
    mounts.unmountAll();
    if (service != null) {
      service.close();
    }
  }
}
