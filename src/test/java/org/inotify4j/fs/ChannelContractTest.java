package org.inotify4j.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The contents of files: streams, channels of all three kinds, and what is built on them. */
final class ChannelContractTest extends FileSystemContract {

  ChannelContractTest(Subject subject) {
    super(subject);
  }

  private static String text(ByteBuffer read) {
    return UTF_8.decode(read.flip()).toString();
  }

  private static ByteBuffer bytes(String text) {
    return UTF_8.encode(text);
  }

  @Test
  void newByteChannel_readsAndWrites() throws Exception {
    Path file = dir.resolve("f");
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, READ, WRITE)) {
      assertThat(channel.write(bytes("hello"))).isEqualTo(5);
      channel.position(1).truncate(3);
      assertThat(channel.size()).isEqualTo(3);
      ByteBuffer read = ByteBuffer.allocate(9);
      assertThat(channel.read(read)).isEqualTo(2);
      assertThat(text(read)).isEqualTo("el");
    }
    assertThat(file).hasContent("hel");
  }

  @Test
  void newByteChannel_options() throws Exception {
    Path file = file("f");
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Files.newByteChannel(file, CREATE_NEW, WRITE))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(file.toString()));
    Path missing = dir.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.newByteChannel(missing));
    if (subject.isNative()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Files.newByteChannel(file, APPEND, TRUNCATE_EXISTING));
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(WRITE, APPEND))) {
      channel.write(bytes("+"));
    }
    assertThat(file).hasContent("f+");
  }

  @Test
  void newByteChannel_deleteOnClose() throws Exception {
    Path file = file("f");
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ, DELETE_ON_CLOSE)) {
      assertThat(channel.size()).isEqualTo(1);
    } catch (UnsupportedOperationException e) {
      assertThat(subject.isNative()).isFalse();
      return;
    }
    assertThat(Files.exists(file)).isEqualTo(!subject.isNative());
  }

  @Test
  void newFileChannel_positions() throws Exception {
    Path file = dir.resolve("f");
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
      channel.write(bytes("hello"), 2);
      ByteBuffer read = ByteBuffer.allocate(5);
      assertThat(channel.read(read, 2)).isEqualTo(5);
      assertThat(text(read)).isEqualTo("hello");
      assertThat(channel.lock().isValid()).isTrue();
      channel.force(true);
    }
    assertThat(Files.size(file)).isEqualTo(7);
  }

  @Test
  void newAsynchronousFileChannel_withAndWithoutExecutor() throws Exception {
    Path file = dir.resolve("f");
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, CREATE, WRITE)) {
      assertThat(channel.write(bytes("hello"), 0).get()).isEqualTo(5);
    }
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(file, Set.of(READ), executor)) {
      ByteBuffer read = ByteBuffer.allocate(9);
      assertThat(channel.read(read, 1).get()).isEqualTo(4);
      assertThat(text(read)).isEqualTo("ello");
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void streams_readAndWrite() throws Exception {
    Path file = dir.resolve("f");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("hello".getBytes(UTF_8));
    }
    try (OutputStream out = Files.newOutputStream(file, APPEND)) {
      out.write('!');
    }
    try (InputStream in = Files.newInputStream(file)) {
      assertThat(in.readAllBytes()).isEqualTo("hello!".getBytes(UTF_8));
    }
    assertThatThrownBy(() -> Files.newOutputStream(file, READ).close())
        .isExactlyInstanceOf(
            subject.isNative()
                ? IllegalArgumentException.class
                : UnsupportedOperationException.class);
    Path missing = dir.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.newInputStream(missing));
  }

  @Test
  void wholeFiles() throws Exception {
    Path file = dir.resolve("f");
    assertThat(Files.write(file, List.of("a", "b"))).isSameAs(file);
    assertThat(Files.readAllLines(file)).containsExactly("a", "b");
    assertThat(Files.lines(file).toList()).containsExactly("a", "b");
    Files.writeString(file, "caf\u00e9");
    assertThat(Files.readString(file)).isEqualTo("caf\u00e9");
    assertThat(Files.readAllBytes(file)).hasSize(5);
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      assertThat(reader.readLine()).isEqualTo("caf\u00e9");
    }
  }
}
