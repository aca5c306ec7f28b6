package org.inotify4j.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there is told piece by piece, and who asks meanwhile gets what was told. */
final class ListingTest {

  @TempDir private Path root;

  private final List<String> told = new ArrayList<>();
  private int room = 1;

  private Object offer(Object proxy, Method method, Object[] arguments) {
    assertThat(method.getName()).isEqualTo("offerExisting");
    return told.size() < room && told.add(new String((byte[]) arguments[1], UTF_8));
  }

  private static boolean has(KnownEntries known, String path) {
    return known.has(path.getBytes(UTF_8));
  }

  @Test
  void whatWasTold_isKnown_andNothingElse() throws Exception {
    Files.createDirectory(root.resolve("d"));
    Files.createFile(root.resolve("d/f"));
    Listener listener =
        (Listener)
            Proxy.newProxyInstance(
                Listener.class.getClassLoader(), new Class<?>[] {Listener.class}, this::offer);
    Disk disk = Disk.ofTree(SystemLibC.get(), root, false, EntryFilter.NOTHING, false);
    KnownEntries known = new KnownEntries();
    Listing listing = new Listing(disk.scan(), known, disk, listener);
    assertThat(listing.next()).isTrue();
    assertThat(listing.next()).as("there is no room").isFalse();
    assertThat(told).containsExactly("d");
    assertThat(known.isDirectory("d".getBytes(UTF_8))).isTrue();
    assertThat(has(known, "d/f")).isFalse();
    room = 2;
    assertThat(listing.next()).isTrue();
    assertThat(has(known, "d/f")).isTrue();
    assertThat(listing.isDone()).isTrue();
  }
}
