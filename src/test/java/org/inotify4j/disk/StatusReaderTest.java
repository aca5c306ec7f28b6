package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the kernel is asked for an entry, and when the server of its file system is. */
final class StatusReaderTest {

  private static final List<String> NAMES = List.of("a", "b", "c");

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  @TempDir private Path directory;

  /** Whether directories list other numbers than their entries have. */
  private boolean listsOthers;

  private int asked;
  private int askedOfServer;

  @BeforeEach
  void fill() throws Exception {
    for (String name : NAMES) {
      Files.createFile(directory.resolve(name));
    }
    Files.createDirectory(directory.resolve("d"));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    Object result = Intercepted.pass(real, method, arguments);
    if (method.getName().equals("getdents64") && listsOthers) {
      ByteBuffer listed = (ByteBuffer) arguments[1];
      int length = (int) result;
      byte[] records = new byte[length];
      listed.get(0, records);
      for (int at = 0; at < length; at = DirectoryReader.next(records, at)) {
        listed.putLong(at, ~listed.getLong(at));
      }
    } else if (method.getName().equals("statx") && arguments[1] instanceof ByteBuffer) {
      boolean isOfServer = ((int) arguments[3] & LibC.AT_STATX_FORCE_SYNC) != 0;
      asked += isOfServer ? 0 : 1;
      askedOfServer += isOfServer ? 1 : 0;
    }
    return result;
  }

  private List<String> read() {
    List<String> names = new ArrayList<>();
    StatusReader reader = new StatusReader(libC);
    DirectoryReader directories = new DirectoryReader(libC, PathBytes.of(directory), false);
    int root = directories.openRoot();
    int fd = directories.openToRead(root);
    directories.close(root);
    int result =
        reader.read(
            fd,
            new StatusReader.Entries() {
              @Override
              public void begin() {}

              @Override
              public boolean wants(byte[] bytes, int start, int end, byte type) {
                return true;
              }

              @Override
              public void entry(byte[] bytes, int start, int end, byte type, int status) {
                assertThat(status).isZero();
                names.add(new String(bytes, start, end - start, UTF_8));
              }
            });
    directories.close(fd);
    assertThat(result).isZero();
    return names;
  }

  @Test
  void anEntry_isAskedForOnce() {
    assertThat(read()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(asked).isEqualTo(NAMES.size() + 1);
    assertThat(askedOfServer).isZero();
  }

  @Test
  void whereOtherNumbersAreListed_theServerIsAskedOnce() {
    listsOthers = true;
    assertThat(read()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(asked).isEqualTo(NAMES.size() + 1);
    assertThat(askedOfServer).isOne();
  }
}
