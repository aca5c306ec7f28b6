package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service of ours, a directory to watch, and one that is not watched. */
abstract class WatchTest {

  INotifyWatchService service;
  @TempDir Path root;
  @TempDir Path elsewhere;

  @BeforeEach
  void open() throws Exception {
    service = INotifyWatchService.open();
  }

  @AfterEach
  void close() {
    service.close();
  }

  void sync() throws InterruptedException {
    if (!service.sync(Duration.ofSeconds(30))) {
      throw new AssertionError("not everything was delivered in time");
    }
  }

  List<String> told(WatchKey key) throws InterruptedException {
    sync();
    return Told.by(key);
  }

  /** The events of a key, each of which is ours. */
  List<INotifyWatchEvent<?>> events(WatchKey key) throws InterruptedException {
    sync();
    return key.pollEvents().stream()
        .<INotifyWatchEvent<?>>map(event -> (INotifyWatchEvent<?>) event)
        .toList();
  }

  Path file(String name) {
    return root.resolve(name);
  }

  @CanIgnoreReturnValue
  Path touch(String name) throws IOException {
    return Files.createFile(file(name));
  }

  @CanIgnoreReturnValue
  Path mkdir(String name) throws IOException {
    return Files.createDirectory(file(name));
  }

  void append(String name) throws IOException {
    Files.write(file(name), "some bytes".getBytes(US_ASCII), CREATE, APPEND);
  }

  void move(String from, String to) throws IOException {
    Files.move(file(from), file(to), StandardCopyOption.ATOMIC_MOVE);
  }

  void moveOut(String name) throws IOException {
    Files.move(file(name), elsewhere.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  void moveIn(String name) throws IOException {
    Files.move(elsewhere.resolve(name), file(name), StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(String name) throws IOException {
    Files.delete(file(name));
  }
}
