package org.inotify4j.watch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Mounts directories where the kernel does not report what is done beneath ({@link Bindfs}), and
 * unmounts them behind each test: when its class has closed what it opened, and while its temporary
 * directory is still there.
 */
public final class SilentMounts implements AfterEachCallback {

  private final List<Bindfs> servers = new ArrayList<>();

  /**
   * Mounts a directory, which has something in it. What the server says goes to a file beside that.
   */
  @CanIgnoreReturnValue
  public Bindfs mount(Path source, Path at) throws IOException {
    Bindfs server = new Bindfs(source, at, log(source));
    servers.add(server);
    return server;
  }

  /** The same, where the mount shows at once what is there, also what has another name by now. */
  @CanIgnoreReturnValue
  Bindfs mountWithoutCache(Path source, Path at) throws IOException {
    Bindfs server = Bindfs.withoutCache(source, at, log(source));
    servers.add(server);
    return server;
  }

  /** The same, where what is done beneath shows sooner, if not at once. */
  @CanIgnoreReturnValue
  Bindfs mountWithShortCache(Path source, Path at) throws IOException {
    Bindfs server = Bindfs.withShortCache(source, at, log(source));
    servers.add(server);
    return server;
  }

  private static Path log(Path source) {
    return source.resolveSibling(source.getFileName() + ".log");
  }

  /** How many are mounted. */
  int count() {
    return servers.size();
  }

  /** Unmounts one while the server answers. */
  void unmount(Bindfs server) throws IOException, InterruptedException {
    servers.remove(server);
    server.unmountAlive();
  }

  /** Unmounts all now, whether the servers answer or not: what waits for them goes on. */
  void unmountAll() throws IOException, InterruptedException {
    while (!servers.isEmpty()) {
      servers.remove(servers.size() - 1).unmount();
    }
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException, InterruptedException {
    unmountAll();
  }
}
