package org.inotify4j;

import java.io.IOException;
import java.nio.file.Path;

/** A file system of its own, mounted for the time of a test. Needs root. */
public final class Tmpfs implements AutoCloseable {

  private static final long NOEXEC = 8;

  private final Path at;
  private boolean mounted = true;

  private Tmpfs(Path at) {
    this.at = at;
  }

  public static Tmpfs mount(Path at) throws IOException {
    return mount(at, 0);
  }

  /** One that forbids to execute what is in it. */
  public static Tmpfs mountNoexec(Path at) throws IOException {
    return mount(at, NOEXEC);
  }

  private static Tmpfs mount(Path at, long flags) throws IOException {
    Syscalls.assumeRoot();
    Syscalls.mountTmpfs(at, flags);
    return new Tmpfs(at);
  }

  @Override
  public void close() throws IOException {
    unmount();
  }

  /** Ends it before the test's end. */
  void unmount() throws IOException {
    if (mounted) {
      mounted = false;
      Syscalls.unmount(at);
    }
  }
}
