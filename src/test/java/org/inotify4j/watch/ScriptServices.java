package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.inotify4j.hub.Hub;
import org.jspecify.annotations.Nullable;

/** The services that a script runs against: one of the JDK's or ours, or two of one hub of ours. */
final class ScriptServices implements AutoCloseable {

  private final Implementation implementation;
  private final WatchService first;
  private final @Nullable WatchService second;
  private final @Nullable AlteredKernel kernel;
  private final @Nullable Path quiet;
  private @Nullable Gate gate;

  private ScriptServices(
      Implementation implementation,
      WatchService first,
      @Nullable WatchService second,
      @Nullable AlteredKernel kernel,
      @Nullable Path quiet) {
    this.implementation = implementation;
    this.first = first;
    this.second = second;
    this.kernel = kernel;
    this.quiet = quiet;
  }

  /** One service as any program has it. */
  static ScriptServices of(Implementation implementation, Path quiet) throws IOException {
    return new ScriptServices(implementation, implementation.open(), null, null, quiet);
  }

  /**
   * Two services of a hub of their own.
   *
   * @param queue how many events the kernel queues, or 0 for as many as usual
   */
  static ScriptServices ofOurs(int queue) throws IOException {
    AlteredKernel kernel = new AlteredKernel();
    Hub hub = queue == 0 ? kernel.openHub() : openHub(kernel, queue);
    return new ScriptServices(
        Implementation.INOTIFY4J,
        INotifyWatchService.open(hub),
        INotifyWatchService.open(hub),
        kernel,
        null);
  }

  private static Hub openHub(AlteredKernel kernel, int queue) throws IOException {
    return SmallQueue.of(queue, kernel::openHub);
  }

  WatchKey register(
      boolean withSecond, Path path, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier[] modifiers)
      throws IOException {
    WatchService service = withSecond && second != null ? second : first;
    return implementation.register(service, path, kinds, modifiers);
  }

  /** The poller reads nothing from here on. */
  void hold() throws Exception {
    AlteredKernel held = kernel;
    if (held == null) {
      throw new IllegalStateException("only what is ours can be held");
    }
    sync();
    Gate closed = held.holdReads();
    gate = closed;
  }

  /** The poller goes on. */
  void release() {
    Gate closed = gate;
    if (closed != null) {
      closed.open();
      gate = null;
    }
  }

  void sync() throws Exception {
    implementation.sync(first, quiet == null ? Path.of("/") : quiet);
    WatchService other = second;
    if (other != null) {
      implementation.sync(other, Path.of("/"));
    }
  }

  @Override
  public void close() throws IOException {
    release();
    first.close();
    if (second != null) {
      second.close();
    }
  }
}
