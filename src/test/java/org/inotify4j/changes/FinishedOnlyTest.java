package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are told when nobody writes them any more, with writers of all kinds. */
final class FinishedOnlyTest extends WatcherScene {

  /** How long each file was, when it was told. */
  private final List<String> lengths = Collections.synchronizedList(new ArrayList<>());

  private PathWatcher startFinished(WatcherBuilder builder) throws Exception {
    PathWatcher watcher =
        builder
            .finishedOnly()
            .settle(LONG, LONG)
            .start(
                batch -> {
                  batches.add(lines(batch));
                  for (Change change : batch) {
                    if (change.hasNewContent()) {
                      lengths.add(change.path().getFileName() + " " + Files.size(change.path()));
                    }
                  }
                });
    watchers.add(watcher);
    return watcher;
  }

  private Process shell(String script) throws Exception {
    return new ProcessBuilder("sh", "-c", script)
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void run(String script) throws Exception {
    assertThat(shell(script).waitFor()).isZero();
  }

  @Test
  void writerThatPauses_isToldOnce_whenItHasClosed() throws Exception {
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    Process writer = shell("exec > slow; echo one; read go; echo two; read go; echo three");
    await().until(() -> Files.exists(root.resolve("slow")));
    try (OutputStream input = writer.getOutputStream()) {
      assertThat(told(watcher)).isEmpty();
      input.write('\n');
      input.flush();
      await().until(() -> Files.size(root.resolve("slow")) == 8);
      assertThat(told(watcher)).isEmpty();
      input.write('\n');
    }
    assertThat(writer.waitFor()).isZero();
    assertThat(told(watcher)).containsExactly("CREATED slow");
    assertThat(lengths).containsExactly("slow 14");
  }

  @Test
  void copies_areToldOnce_complete() throws Exception {
    byte[] much = new byte[5_000_000];
    Path source = Files.write(directory.resolve("source"), much);
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    run("cp " + source + " copied");
    run("dd if=" + source + " of=dumped bs=64k status=none");
    run("cat " + source + " > .scp.tmp && mv .scp.tmp received");
    run("mkdir sub && cp " + source + " sub/deep");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "CREATED copied",
            "CREATED dumped",
            "CREATED received",
            "CREATED sub/",
            "CREATED sub/deep");
    assertThat(lengths)
        .containsExactlyInAnyOrder(
            "copied 5000000", "dumped 5000000", "received 5000000", "deep 5000000");
  }

  /** It writes to a hidden name beside the file, or all of them aside, or into the file itself. */
  @ParameterizedTest
  @ValueSource(strings = {"", "--delay-updates", "--inplace", "--whole-file"})
  void rsync_isToldOnce_complete(String option) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/rsync")), "rsync is installed");
    Path source = Files.createDirectory(directory.resolve("source"));
    Files.createDirectory(source.resolve("sub"));
    Files.write(source.resolve("large"), new byte[5_000_000]);
    Files.write(source.resolve("sub/small"), new byte[5]);
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    run("rsync -a " + option + " " + source + "/ .");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED large", "CREATED sub/", "CREATED sub/small");
    assertThat(lengths).containsExactlyInAnyOrder("large 5000000", "small 5");
    lengths.clear();
    Files.write(source.resolve("large"), new byte[6_000_000]);
    Files.delete(source.resolve("sub/small"));
    run("rsync -a --delete " + option + " " + source + "/ .");
    assertThat(told(watcher)).containsExactlyInAnyOrder("DELETED sub/small", "MODIFIED large");
    assertThat(lengths).containsExactly("large 6000000");
  }

  @Test
  void writerThatWasThereBefore_isWaitedFor() throws Exception {
    write("done", "whole");
    try (OutputStream open = Files.newOutputStream(root.resolve("open"))) {
      open.write('1');
      PathWatcher watcher = startFinished(PathWatcher.of(root).existing());
      assertThat(told(watcher)).containsExactly("EXISTING done");
      open.write('2');
      assertThat(told(watcher)).isEmpty();
    }
    PathWatcher watcher = watchers.get(0);
    assertThat(told(watcher)).containsExactly("EXISTING open");
    assertThat(lengths).containsExactly("done 5", "open 2");
  }

  @Test
  void oneOfTwoWriters_isNotTheEnd() throws Exception {
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    try (OutputStream first = Files.newOutputStream(root.resolve("f"))) {
      first.write('1');
      try (OutputStream second =
          Files.newOutputStream(root.resolve("f"), StandardOpenOption.APPEND)) {
        second.write('2');
      }
      assertThat(told(watcher)).isEmpty();
    }
    assertThat(told(watcher)).containsExactly("CREATED f");
  }

  @Test
  void fileThatIsMapped_isToldWhenItIsNotAnyMore() throws Exception {
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    Process writer =
        new ProcessBuilder(
                "python3",
                "-c",
                """
                import mmap, sys
                f = open('mapped', 'w+b')
                f.truncate(4096)
                m = mmap.mmap(f.fileno(), 4096)
                f.close()
                print('ready', flush=True)
                sys.stdin.readline()
                m[0] = 1
                m.close()
                """)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(writer.inputReader().readLine()).isEqualTo("ready");
    assertThat(told(watcher)).isEmpty();
    writer.getOutputStream().close();
    assertThat(writer.waitFor()).isZero();
    assertThat(told(watcher)).containsExactly("CREATED mapped");
  }

  @Test
  void mappingInThisProcess_isAWriter() throws Exception {
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    try (FileChannel channel =
        FileChannel.open(
            root.resolve("m"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 10);
      map.put(0, (byte) 1);
      assertThat(told(watcher)).isEmpty();
    }
  }

  @Test
  void otherNamesAndLinks_whichAreNeverClosed_areTold() throws Exception {
    write("f", "whole");
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    Files.createLink(root.resolve("hard"), root.resolve("f"));
    Files.createSymbolicLink(root.resolve("soft"), Path.of("f"));
    run("mkfifo pipe");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED hard", "CREATED soft", "CREATED pipe");
  }

  @Test
  void fileThatIsMovedWhileItIsWritten_isToldAtItsLastPlace() throws Exception {
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    mkdirs("d");
    try (OutputStream open = Files.newOutputStream(root.resolve("part"))) {
      open.write('1');
      move("part", "d/whole");
      assertThat(told(watcher)).containsExactly("CREATED d/");
      move("d", "e");
      assertThat(told(watcher)).containsExactly("MOVED d/ -> e/");
    }
    assertThat(told(watcher)).containsExactly("CREATED e/whole");
  }

  @Test
  void fileThatIsDeletedBeforeItIsFinished_isNeverTold() throws Exception {
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    try (OutputStream open = Files.newOutputStream(root.resolve("part"))) {
      open.write('1');
      delete("part");
    }
    write("other", "");
    assertThat(told(watcher)).containsExactly("CREATED other");
  }

  @Test
  void writerByAnotherNameElsewhere_isNoticedWithoutAnEvent() throws Exception {
    Path elsewhere = Files.createFile(directory.resolve("elsewhere"));
    try (OutputStream open = Files.newOutputStream(elsewhere)) {
      open.write('1');
      PathWatcher watcher =
          startAsIs(PathWatcher.of(root).finishedOnly().settle(Duration.ZERO, Duration.ZERO));
      Files.createLink(root.resolve("here"), elsewhere);
      assertThat(told(watcher)).isEmpty();
    }
    await().atMost(20, TimeUnit.SECONDS).until(() -> !batches.isEmpty());
    assertThat(batches).containsExactly(List.of("CREATED here"));
  }

  @Test
  void fileBehindALink_isToldWhenItIsFinished() throws Exception {
    Path real = Files.createFile(directory.resolve("real"));
    Files.createSymbolicLink(root.resolve("link"), real);
    PathWatcher watcher = startFinished(PathWatcher.file(root.resolve("link")));
    try (OutputStream held = Files.newOutputStream(real, StandardOpenOption.APPEND)) {
      try (OutputStream other = Files.newOutputStream(real, StandardOpenOption.APPEND)) {
        other.write('1');
      }
      assertThat(told(watcher)).isEmpty();
      held.write('2');
    }
    assertThat(told(watcher)).containsExactly("MODIFIED link");
    assertThat(lengths).containsExactly("link 2");
  }

  @Test
  void fileBehindALink_thatIsWrittenAtTheStart_isWaitedFor() throws Exception {
    Path real = Files.createFile(directory.resolve("real"));
    Files.createSymbolicLink(root.resolve("link"), real);
    try (OutputStream held = Files.newOutputStream(real)) {
      PathWatcher watcher = startFinished(PathWatcher.file(root.resolve("link")).existing());
      assertThat(told(watcher)).isEmpty();
      held.write('1');
    }
    assertThat(told(watchers.get(0))).containsExactly("EXISTING link");
  }

  @Test
  void rewritten_isModified() throws Exception {
    write("f", "old");
    PathWatcher watcher = startFinished(PathWatcher.of(root));
    write("f", "newer");
    run("chmod 600 f");
    assertThat(told(watcher)).containsExactly("MODIFIED f");
    assertThat(lengths).containsExactly("f 5");
  }
}
