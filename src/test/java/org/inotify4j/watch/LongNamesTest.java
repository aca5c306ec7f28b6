package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.RecordCursor;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of more than 255 bytes, which a file system has that counts its names in UTF-16, and FUSE:
 * the kernel reports each entry whose name is of many letters by one that is three times as long.
 */
final class LongNamesTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};
  private static final int LONG = 250;

  @TempDir private Path root;
  private final LibC real = SystemLibC.get();
  private INotifyWatchService service;

  @BeforeEach
  void open() throws IOException {
    LibC libC = Intercepted.by(this::call);
    Hub hub = Hubs.open(libC, ScriptedINotify.openForHub(libC));
    service = INotifyWatchService.open(hub);
    Files.createDirectory(root.resolve("d"));
  }

  @AfterEach
  void close() {
    service.close();
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    Object result = Intercepted.pass(real, method, arguments);
    boolean isOfPoller = method.getName().equals("read") && arguments[2].equals(Hubs.CAPACITY);
    return isOfPoller && (int) result > 0
        ? lengthen((ByteBuffer) arguments[1], (int) result)
        : result;
  }

  /** Gives names three times; how many bytes there are then. */
  private static int lengthen(ByteBuffer memory, int length) {
    RecordCursor records = new RecordCursor(memory);
    records.restart(length);
    int written = 0;
    while (records.next()) {
      byte[] bytes = new byte[records.nameLength()];
      records.copyName(bytes, 0);
      String name = new String(bytes, UTF_8);
      byte[] record =
          EventRecord.of(records.wd(), records.mask())
              .cookie(records.cookie())
              .named(bytes.length < LONG ? name : name.repeat(3))
              .encoded();
      memory.put(written, record);
      written += record.length;
    }
    return written;
  }

  private List<String> toldOf(WatchKey key, Path directory) throws Exception {
    Files.createFile(directory.resolve("before"));
    Path entry = Files.createFile(directory.resolve("n".repeat(255)));
    Files.move(entry, directory.resolve("m".repeat(255)));
    Files.createFile(directory.resolve("after"));
    Pending.sync(service);
    return Told.by(key);
  }

  private static List<String> expected(String below) {
    String first = below + "n".repeat(765);
    String second = below + "m".repeat(765);
    return List.of(
        "ENTRY_CREATE " + below + "before",
        "ENTRY_CREATE " + first,
        "ENTRY_DELETE " + first,
        "ENTRY_CREATE " + second,
        "ENTRY_CREATE " + below + "after");
  }

  @Test
  void plainKey() throws Exception {
    WatchKey key = service.register(root.resolve("d"), KINDS);
    assertThat(toldOf(key, root.resolve("d"))).isEqualTo(expected(""));
  }

  @Test
  void tree() throws Exception {
    WatchKey key = service.register(root, KINDS, INotifyModifiers.RECURSIVE);
    assertThat(toldOf(key, root.resolve("d"))).isEqualTo(expected("d/"));
  }

  /** What was found when the directory came is noted, and so is what is reported then. */
  @Test
  void treeWithADirectoryThatComes() throws Exception {
    WatchKey key = service.register(root, KINDS, INotifyModifiers.RECURSIVE);
    Path come = Files.createDirectory(root.resolve("come"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE come");
    assertThat(toldOf(key, come)).isEqualTo(expected("come/"));
  }

  @Test
  void rename() throws Exception {
    WatchEvent.Kind<?>[] renames = {INotifyEventKinds.RENAME};
    WatchKey plain = service.register(root.resolve("d"), renames);
    WatchKey tree = service.register(root, renames, INotifyModifiers.RECURSIVE);
    Path entry = Files.createFile(root.resolve("d/" + "n".repeat(255)));
    Files.move(entry, root.resolve("d/" + "m".repeat(255)));
    Pending.sync(service);
    String first = "n".repeat(765);
    String second = "m".repeat(765);
    assertThat(Told.by(plain)).containsExactly("RENAME " + first + " -> " + second);
    assertThat(Told.by(tree)).containsExactly("RENAME d/" + first + " -> d/" + second);
  }
}
