package org.inotify4j.fs.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** Does what a program does that a drop-in must not disturb, and says how that went. */
@SuppressWarnings("ReferenceEquality") // They must be the very objects.
public final class DropIn {

  /** The first line where the watch services are those of inotify. */
  public static final String OVER_INOTIFY =
      "watch service: org.inotify4j.watch.INotifyWatchService\n";

  /** What the program prints of its watch service, whichever that is. */
  public static final String EVENTS =
      """
      ENTRY_CREATE file, of the default file system: true
      ENTRY_MODIFY file, of the default file system: true
      ENTRY_DELETE file, of the default file system: true
      same key: true, same path: true, valid: true
      registered again: same key: true
      no modifier: java.lang.NullPointerException
      unknown modifier: java.lang.UnsupportedOperationException
      no watcher: java.lang.NullPointerException
      foreign watcher: java.nio.file.ProviderMismatchException
      missing: java.nio.file.NoSuchFileException
      file: java.nio.file.NotDirectoryException
      cancelled, valid: false
      closed: java.nio.file.ClosedWatchServiceException
      register: java.nio.file.ClosedWatchServiceException
      """;

  /** What it prints of Unix domain sockets where they work. */
  public static final String SOCKETS = "socket said: hello\n";

  private DropIn() {}

  /** Needs an empty directory, and {@code sockets} where those are to be tried as well. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    watch(Files.createDirectories(directory.resolve("watched")));
    if (args.length > 1) {
      connect(directory.resolve("socket"));
    }
  }

  private static void watch(Path directory) throws Exception {
    WatchService service = FileSystems.getDefault().newWatchService();
    System.out.println("watch service: " + service.getClass().getName());
    WatchKey registered = directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    Path file = directory.resolve("file");
    Files.createFile(file);
    hear(service);
    Files.writeString(file, "text", APPEND);
    hear(service);
    Files.delete(file);
    WatchKey key = hear(service);
    System.out.println(
        "same key: "
            + (key == registered)
            + ", same path: "
            + (key.watchable() == directory)
            + ", valid: "
            + key.isValid());
    WatchKey again = directory.resolve("../watched").register(service, ENTRY_CREATE);
    System.out.println("registered again: same key: " + (again == registered));
    refuse(directory, service);
    key.cancel();
    System.out.println("cancelled, valid: " + key.isValid());
    service.close();
    attempt("closed", service::poll);
    attempt("register", () -> directory.register(service, ENTRY_CREATE));
  }

  private static WatchKey hear(WatchService service) throws Exception {
    WatchKey key = service.poll(30, SECONDS);
    if (key == null) {
      throw new AssertionError("no event");
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      Path context = (Path) event.context();
      System.out.println(
          event.kind()
              + " "
              + context
              + ", of the default file system: "
              + (context.getFileSystem() == FileSystems.getDefault()));
    }
    key.reset();
    return key;
  }

  private static void refuse(Path directory, WatchService service) throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    attempt("no modifier", () -> directory.register(service, kinds, new WatchEvent.Modifier[1]));
    attempt("unknown modifier", () -> directory.register(service, kinds, () -> "UNKNOWN"));
    attempt("no watcher", () -> directory.register(null, kinds));
    attempt("foreign watcher", () -> directory.register(new Foreign(), kinds));
    attempt("missing", () -> directory.resolve("missing").register(service, kinds));
    Path file = Files.createFile(directory.resolveSibling("no-directory"));
    attempt("file", () -> file.register(service, kinds));
    Files.delete(file);
  }

  private static void connect(Path path) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel client = SocketChannel.open(address);
          SocketChannel accepted = server.accept()) {
        accepted.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
        accepted.shutdownOutput();
        ByteBuffer heard = ByteBuffer.allocate(16);
        while (client.read(heard) >= 0) {}
        System.out.println("socket said: " + new String(heard.array(), 0, heard.position(), UTF_8));
      }
    } finally {
      Files.deleteIfExists(path);
    }
  }

  /** What may fail. */
  private interface Attempt {
    Object make() throws Exception;
  }

  private static void attempt(String what, Attempt attempt) {
    try {
      System.out.println(what + ": " + attempt.make());
    } catch (Exception e) {
      System.out.println(what + ": " + e.getClass().getName());
    }
  }

  /** A watch service of nobody's. */
  private static final class Foreign implements WatchService {
    @Override
    public void close() {}

    @Override
    public WatchKey poll() {
      throw new ClosedWatchServiceException();
    }

    @Override
    public WatchKey poll(long timeout, java.util.concurrent.TimeUnit unit) {
      throw new ClosedWatchServiceException();
    }

    @Override
    public WatchKey take() {
      throw new ClosedWatchServiceException();
    }
  }
}
