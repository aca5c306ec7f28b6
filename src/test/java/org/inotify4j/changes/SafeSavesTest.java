package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the scripts of {@code src/test/resources/saves}, one small text file a case: which system
 * calls a program makes that saves files, and the one batch that a person would write down for it,
 * in any order. No temporary file is in it.
 *
 * <pre>
 * # Lines that begin so are nothing. Paths are relative to the root; there is a ../outside.
 * before:                what is there when the watcher starts
 * file FILE TEXT         a file with a content
 * save:                  what is done then
 * create FILE            makes a file, and keeps it open for writing
 * open FILE, rewrite FILE
 *                        opens a file for writing; the second cuts it
 * write FILE TEXT, truncate FILE SIZE, fsync FILE, close FILE
 *                        of an open file, by the name that it was opened by
 * rename FROM TO, link FILE NAME, symlink NAME TARGET, unlink FILE
 * mkdir DIRECTORY, rmdir DIRECTORY
 * chmod FILE rw-------, utime FILE
 * batch:                 what is told
 * finished:              what is told of finished files only, if that is something else
 * </pre>
 */
final class SafeSavesTest extends WatcherScene {

  private static final int FEWEST = 25;
  private static final int FILES = 1000;

  @TempDir private Path repository;

  static Stream<Path> scripts() throws Exception {
    Path saves = Path.of(SafeSavesTest.class.getResource("/saves").toURI());
    try (Stream<Path> entries = Files.list(saves)) {
      List<Path> files = entries.sorted().toList();
      assertThat(files).hasSizeGreaterThanOrEqualTo(FEWEST);
      return files.stream();
    }
  }

  private PathWatcher start(boolean isFinishedOnly) throws IOException {
    WatcherBuilder builder = PathWatcher.of(root);
    return start(isFinishedOnly ? builder.finishedOnly() : builder);
  }

  private void assertOneBatch(PathWatcher watcher, List<String> expected) throws Exception {
    assertThat(watcher.sync(PATIENCE)).isTrue();
    assertThat(batches).hasSize(expected.isEmpty() ? 0 : 1);
    assertThat(told(watcher)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void allChanges(Path file) throws Exception {
    run(file, false);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void finishedOnly(Path file) throws Exception {
    run(file, true);
  }

  private void run(Path file, boolean isFinishedOnly) throws Exception {
    Files.createDirectory(directory.resolve("outside"));
    try (SaveScript script = SaveScript.read(file)) {
      script.prepare(root);
      PathWatcher watcher = start(isFinishedOnly);
      script.save(root);
      assertOneBatch(watcher, script.expected(isFinishedOnly));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gitCheckout_ofAThousandFiles(boolean isFinishedOnly) throws Exception {
    git("init -q -b one .");
    mkdirs("same");
    mkdirs("old");
    write("same/untouched", "");
    for (int i = 0; i < FILES; i++) {
      Files.createDirectories(root.resolve("d" + i % 10));
      write(file(i), "one");
    }
    write("old/gone", "gone");
    commit();
    git("checkout -q -b two");
    for (int i = 0; i < FILES; i++) {
      write(file(i), "another");
    }
    delete("old/gone");
    delete("old");
    mkdirs("new");
    write("new/come", "come");
    commit();
    PathWatcher watcher = start(isFinishedOnly);
    git("checkout -q one");
    List<String> there = modified();
    there.addAll(List.of("DELETED new/", "CREATED old/", "CREATED old/gone"));
    assertOneBatch(watcher, there);
    git("checkout -q two");
    List<String> back = modified();
    back.addAll(List.of("DELETED old/", "CREATED new/", "CREATED new/come"));
    assertOneBatch(watcher, back);
    git("checkout -q one");
    git("checkout -q two");
    assertThat(told(watcher)).containsAll(modified()).allMatch(line -> !line.contains(".lock"));
  }

  private static String file(int number) {
    return "d" + number % 10 + "/f" + number;
  }

  private static List<String> modified() {
    return new ArrayList<>(
        IntStream.range(0, FILES).mapToObj(number -> "MODIFIED " + file(number)).toList());
  }

  private void commit() throws Exception {
    git("add .");
    git("-c user.name=a -c user.email=a@localhost commit -q -m all");
  }

  /** With the repository elsewhere, so that only its files are in the tree. */
  private void git(String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add("git");
    command.addAll(List.of("--git-dir=" + repository.resolve("git"), "--work-tree=" + root, "-c"));
    command.add("core.hooksPath=/dev/null");
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder git = new ProcessBuilder(command).directory(root.toFile());
    git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    assertThat(git.inheritIO().start().waitFor()).isZero();
  }
}
