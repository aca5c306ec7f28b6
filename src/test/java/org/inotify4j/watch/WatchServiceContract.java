package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a drop-in must keep: the subclasses have a test for each sentence of the contract, in its
 * order, and run them against the JDK's service as well as ours. Where the two differ on purpose
 * the test says so and asserts what each does.
 */
abstract class WatchServiceContract {

  private static final byte[] SOME_BYTES = "some bytes".getBytes(US_ASCII);

  final Implementation implementation;
  WatchService service;
  @TempDir Path root;
  @TempDir private Path quiet;

  WatchServiceContract(Implementation implementation) {
    this.implementation = implementation;
  }

  @BeforeEach
  void open() throws IOException {
    service = implementation.open();
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  boolean isJdk() {
    return implementation == Implementation.JDK;
  }

  boolean isDropIn() {
    return implementation == Implementation.DROP_IN;
  }

  @CanIgnoreReturnValue
  WatchKey register(Path path, WatchEvent.Kind<?>... kinds) throws IOException {
    return register(path, kinds, new WatchEvent.Modifier[0]);
  }

  @CanIgnoreReturnValue
  WatchKey register(Path path, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers)
      throws IOException {
    return implementation.register(service, path, kinds, modifiers);
  }

  /** Returns when all that happened has reached its key. */
  void sync() throws IOException, InterruptedException {
    implementation.sync(service, quiet);
  }

  /** The same after the kernel's queue was full. */
  void syncFullQueue() throws IOException, InterruptedException {
    for (int i = 0; i < 25; i++) {
      sync();
    }
  }

  void sync(WatchService other) throws IOException, InterruptedException {
    implementation.sync(other, quiet);
  }

  /** What a key has been told since it was asked last. */
  List<String> told(WatchKey key) throws IOException, InterruptedException {
    sync();
    return Told.by(key);
  }

  /** A key that is with this test, as if the service had just given it out. */
  @CanIgnoreReturnValue
  WatchKey taken() throws IOException, InterruptedException {
    sync();
    WatchKey key = service.poll();
    if (key == null) {
      throw new AssertionError("no key is signalled");
    }
    return key;
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

  /** One modification. */
  void append(String name) throws IOException {
    Files.write(file(name), SOME_BYTES, CREATE, APPEND);
  }

  void move(String from, String to) throws IOException {
    Files.move(file(from), file(to), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(String name) throws IOException {
    Files.delete(file(name));
  }
}
