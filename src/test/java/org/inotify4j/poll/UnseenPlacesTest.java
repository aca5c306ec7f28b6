package org.inotify4j.poll;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is to be polled where the kernel does not say all of it: two directories count as NFS. */
final class UnseenPlacesTest {

  private static final int NFS = 0x6969;
  private static final int EXT = 0xEF53;
  private static final String TABLE = "/proc/self/mountinfo";

  @TempDir private Path root;

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);

  /** By call, and what that is about. */
  private final Map<String, Errno> refused = new ConcurrentHashMap<>();

  private boolean isRootSilent;
  private @Nullable String unread;

  @BeforeEach
  void makePlaces() throws IOException {
    Files.createDirectory(root.resolve("a"));
    Files.createDirectory(root.resolve("b"));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    String about = about(method.getName(), arguments);
    Errno errno = refused.get(method.getName() + " " + about);
    if (errno != null) {
      return -errno.number();
    }
    if (method.getName().equals("fstatfs")) {
      boolean isSilent = isRootSilent || !about.equals(root.toString());
      ((ByteBuffer) arguments[1]).putInt(0, isSilent ? NFS : EXT);
      return 0;
    } else if (about.equals(TABLE) && method.getName().equals("read")) {
      return readTable((ByteBuffer) arguments[1]);
    } else if (about.equals(TABLE)) {
      unread = line("a") + line("b");
    }
    return Intercepted.pass(real, method, arguments);
  }

  private String line(String place) {
    return "1 1 0:1 / " + root.resolve(place) + " rw - nfs none rw\n";
  }

  private int readTable(ByteBuffer buffer) {
    byte[] text = String.valueOf(unread).getBytes(ISO_8859_1);
    unread = "";
    buffer.put(0, text);
    return text.length;
  }

  private static String about(String call, Object[] arguments) throws IOException {
    return switch (call) {
      case "open" -> Intercepted.text(arguments[0]);
      case "openat" -> Intercepted.text(arguments[1]);
      case "fstatfs" -> target((int) arguments[0]);
      // The table has another path there, with the number of the process.
      case "read" -> TABLE;
      default -> "";
    };
  }

  private static String target(int fd) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
  }

  private void refuse(String call, String about, Errno errno) {
    refused.put(call + " " + about, errno);
  }

  private void assertFound(Set<String> before, boolean isCertain, String... places) {
    SilentPlaces.Found found = SilentPlaces.at(libC, root, true, EntryFilter.NOTHING, true, before);
    assertThat(found.places()).containsExactlyInAnyOrder(places);
    assertThat(found.isCertain()).isEqualTo(isCertain);
  }

  @Test
  void whereAllIsSaid_itIsThat_whateverWasBefore() {
    assertFound(SilentPlaces.AT_FIRST, true, "a", "b");
    assertFound(Set.of("a", "c"), true, "a", "b");
    isRootSilent = true;
    assertFound(Set.of("a"), true, SilentPlaces.ROOT);
  }

  @ParameterizedTest
  @EnumSource(names = {"EMFILE", "ENFILE", "ENOMEM", "EIO", "ENOENT", "EACCES"})
  void whereTheTableCannotBeOpened_itIsAsBefore(Errno errno) {
    refuse("open", TABLE, errno);
    assertFound(Set.of("a"), false, "a");
    assertFound(Set.of(), false);
    // The root's own type is known nevertheless.
    assertFound(SilentPlaces.AT_FIRST, false);
    isRootSilent = true;
    assertFound(Set.of("a"), true, SilentPlaces.ROOT);
  }

  @Test
  void whereTheTableCannotBeRead_itIsAsBefore() {
    refuse("read", TABLE, Errno.EIO);
    assertFound(Set.of("a"), false, "a");
  }

  @Test
  void whereTheRootCannotBeOpened_itIsAsBefore() {
    refuse("open", root.toString(), Errno.EMFILE);
    assertFound(Set.of("a"), false, "a");
    assertFound(SilentPlaces.AT_FIRST, false, SilentPlaces.ROOT);
  }

  @Test
  void whereTheTypeOfTheRootIsNotSaid_itIsAsBefore() {
    refuse("fstatfs", root.toString(), Errno.EIO);
    assertFound(Set.of("a"), false, "a");
    assertFound(SilentPlaces.AT_FIRST, false, SilentPlaces.ROOT);
  }

  @ParameterizedTest
  @CsvSource({
    "fstatfs, EIO",
    "fstatfs, ENOMEM",
    "fstatfs, ENOTCONN",
    "fstatfs, ESTALE",
    "fstatfs, ETIMEDOUT",
    "openat, EMFILE",
    "openat, ENFILE",
    "openat, ENOTCONN"
  })
  void whereTheTypeOfOneIsNotSaid_thatIsAsBefore_andTheOthersAreAsTheyAre(
      String call, Errno errno) {
    refuse(call, call.equals("openat") ? "a" : root.resolve("a").toString(), errno);
    assertFound(Set.of("a"), false, "a", "b");
    assertFound(Set.of(), false, "b");
  }

  /** A sandbox may refuse a call for good, and what is hidden is no place. */
  @ParameterizedTest
  @CsvSource({"fstatfs, EPERM", "fstatfs, ENOSYS", "openat, ENOENT", "openat, ENOTDIR"})
  void whatIsRefusedForGood_isNone(String call, Errno errno) {
    refuse(call, call.equals("openat") ? "a" : root.resolve("a").toString(), errno);
    assertFound(Set.of("a"), true, "b");
  }
}
