package org.inotify4j.watch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.Flag;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.ScriptedLibC;

/** A service of its own over a scripted kernel. */
final class ScriptedService implements AutoCloseable {

  private final ScriptedLibC kernel;
  private final Hub hub;
  private final INotifyWatchService service;

  private ScriptedService(ScriptedLibC kernel) throws IOException {
    this.kernel = kernel;
    this.hub = Hubs.open(kernel, ScriptedINotify.openForHub(kernel));
    this.service = INotifyWatchService.open(hub);
  }

  static ScriptedService open() throws IOException {
    return new ScriptedService(new ScriptedLibC());
  }

  ScriptedLibC kernel() {
    return kernel;
  }

  Hub hub() {
    return hub;
  }

  INotifyWatchService service() {
    return service;
  }

  WatchKey register(Path path, WatchEvent.Kind<?>... kinds) throws IOException {
    return service.register(path, kinds);
  }

  int wd(Path directory) {
    return kernel.wd(directory.toString());
  }

  /** A record for an entry of a watched directory, or for itself where the name is empty. */
  EventRecord record(Path directory, Flag flag, String name) {
    EventRecord record = EventRecord.of(wd(directory), flag.bit());
    return name.isEmpty() ? record : record.named(name);
  }

  @CanIgnoreReturnValue
  ScriptedService deliver(Path directory, Flag flag, String name) {
    kernel.deliver(record(directory, flag, name));
    return this;
  }

  @CanIgnoreReturnValue
  ScriptedService create(Path directory, String name) {
    return deliver(directory, Flag.CREATE, name);
  }

  /** One end of a move. */
  @CanIgnoreReturnValue
  ScriptedService move(Path directory, Flag flag, String name, int cookie) {
    kernel.deliver(record(directory, flag, name).cookie(cookie));
    return this;
  }

  /** A read ends here. */
  @CanIgnoreReturnValue
  ScriptedService split() {
    kernel.split();
    return this;
  }

  @CanIgnoreReturnValue
  ScriptedService overflow() {
    kernel.deliver(EventRecord.overflow());
    return this;
  }

  @CanIgnoreReturnValue
  ScriptedService sync() throws InterruptedException {
    if (!service.sync(Duration.ofSeconds(30))) {
      throw new AssertionError("not everything was delivered in time");
    }
    return this;
  }

  @Override
  public void close() {
    service.close();
  }
}
