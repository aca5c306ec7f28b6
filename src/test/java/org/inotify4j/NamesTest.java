package org.inotify4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names arrive as the bytes that they are. */
final class NamesTest {

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({"1, 16", "15, 16", "16, 32", "200, 208", "255, 256"})
  void length_exactWithoutPadding(int length, int field) throws Exception {
    String name = "n".repeat(length);
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(root, Flag.CREATE);
      Files.createFile(root.resolve(name));
      EventBuffer buffer = EventBuffer.allocate(EventBuffer.MIN_CAPACITY);
      assertThat(inotify.read(buffer, Duration.ZERO)).isEqualTo(16 + field);
      assertThat(buffer.next()).isTrue();
      assertThat(buffer.nameLength()).isEqualTo(length);
      assertThat(buffer.name().toByteArray()).isEqualTo(name.getBytes(UTF_8));
      assertThat(buffer.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FFFE", "780A79", "20", "C3A9", "80", "2E2E2E", "25"})
  void bytes_survive(String hex) throws Exception {
    String encoded = hex.replaceAll("..", "%$0");
    Path file = Path.of(URI.create("file://" + root.toUri().getRawPath() + encoded));
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(root, Flag.CREATE, Flag.DELETE);
      Files.createFile(file);
      Files.delete(file);
      List<INotifyEvent> events = inotify.read(Duration.ZERO);
      assertThat(events).extracting(INotifyEvent::mask).containsExactly(0x100, 0x200);
      for (INotifyEvent event : events) {
        byte[] bytes = event.name().toByteArray();
        assertThat(String.format("%0" + hex.length() + "X", new BigInteger(1, bytes)))
            .isEqualTo(hex);
        assertThat(event.name().resolveAgainst(root)).isEqualTo(file);
      }
      assertThat(inotify.read(Duration.ZERO)).as("the reader goes on").isEmpty();
    }
  }

  @Test
  void toString_decodesForPeople() {
    assertThat(name("caf\u00C3\u00A9")).hasToString("caf\u00E9");
    assertThat(name("\u00FF\u00FEx")).hasToString("\uFFFD\uFFFDx");
    assertThat(EntryName.EMPTY).hasToString("");
  }

  @Test
  void of_impossibleBytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> name("a\0"))
        .withMessage("a NUL at index 1 of an entry's name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> name("/a"))
        .withMessage("a '/' at index 0 of an entry's name");
  }

  @Test
  void of_copies() {
    byte[] bytes = {'a', 'b'};
    EntryName name = EntryName.of(bytes);
    bytes[0] = 'x';
    name.toByteArray()[1] = 'x';
    assertThat(name).hasToString("ab").isEqualTo(name("ab")).hasSameHashCodeAs(name("ab"));
    assertThat(name.hashCode()).isEqualTo(Arrays.hashCode(new byte[] {'a', 'b'}));
    assertThat(name.length()).isEqualTo(2);
    assertThat(name).isNotEqualTo(name("abc"));
  }

  @Test
  void compareTo_unsignedBytes() {
    assertThat(name("z")).isLessThan(name("\u0080"));
    assertThat(name("a")).isLessThan(name("aa"));
    assertThat(name("a")).isEqualByComparingTo(name("a"));
  }

  @Test
  void empty_standsForTheWatchedObject() {
    assertThat(EntryName.of(new byte[0])).isSameAs(EntryName.EMPTY);
    assertThat(EntryName.EMPTY.isEmpty()).isTrue();
    assertThat(EntryName.EMPTY.resolveAgainst(root)).isSameAs(root);
  }

  @Test
  void of_path_isItsLastName() throws Exception {
    assertThat(EntryName.of(Path.of("/a/bc"))).isEqualTo(name("bc"));
    assertThat(EntryName.of(Path.of("/"))).isSameAs(EntryName.EMPTY);
    assertThat(EntryName.of(Path.of(""))).isSameAs(EntryName.EMPTY);
    Path archive = root.resolve("a.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> EntryName.of(zip.getPath("/")));
    }
  }

  private static EntryName name(String latin) {
    return EntryName.of(latin.getBytes(ISO_8859_1));
  }
}
