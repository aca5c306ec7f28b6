package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the scripts of {@code src/test/resources/scripts}, one small text file a case: what is done
 * to files, and which events come of it. A script that watches for standard kinds only is run
 * against the JDK's service as well.
 *
 * <pre>
 * # Comments and empty lines are nothing. Paths are relative to a fresh directory.
 * touch x
 * watch . ENTRY_CREATE ENTRY_MODIFY
 * append x
 * touch y
 *
 * events:
 * ENTRY_MODIFY x
 * ENTRY_CREATE y
 * </pre>
 *
 * <p>The steps are
 *
 * <pre>
 * watch DIR [KIND ...] [MODIFIER ...]
 *                        registers, for the three standard kinds if there are none; a modifier is
 *                        RECURSIVE, FILE, ONESHOT, NOFOLLOW, EXCLUDE_UNLINKED or exclude=GLOB
 * second watch DIR ...   the same with another service
 * cancel DIR, cancel second DIR
 *                        cancels the key of a watch
 * sync                   waits until everything that happened is pending
 * hold, release          between them nothing is read of what the kernel queues
 * queue NUMBER           in the whole script the kernel queues so many events at most
 * mkdir DIR              with its parents
 * rmdir DIR, rm FILE, rm-r DIR
 * touch FILE             makes an empty file, or sets its time if it is there
 * write FILE, append FILE, read FILE
 * truncate FILE SIZE
 * chmod FILE rw-------
 * mv FROM TO, exchange ONE OTHER
 * touch-many DIR NUMBER  makes so many files
 * ln FILE NAME, symlink TARGET NAME
 * </pre>
 *
 * <p>The directory {@code out} is there from the start, to move things to and from. After {@code
 * events:} come all events in order, each with its context and, where it is of more than one, its
 * count: {@code ENTRY_MODIFY x *2}; an event of the directory itself has no context. A key that is
 * invalid at the end is followed by {@code INVALID}. Where several directories are watched the
 * events of each come one after the other, in the order of their registration, as {@code DIR:
 * ENTRY_CREATE x}, or {@code second DIR: ENTRY_CREATE x}; an overflow is {@code OVERFLOW}. Where
 * the order of things leaves a choice, {@code or:} begins another list that is allowed.
 */
final class ScriptTest {

  private static final int FEWEST = 60;

  @TempDir private Path root;
  @TempDir private Path quiet;

  @TestFactory
  List<DynamicTest> scripts() throws Exception {
    Path directory = Path.of(ScriptTest.class.getResource("/scripts").toURI());
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(FEWEST);
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files) {
      Script script = Script.read(file);
      for (Implementation implementation : Implementation.all()) {
        if (script.isStandard() || implementation == Implementation.INOTIFY4J) {
          String name = script.name() + " " + implementation;
          tests.add(DynamicTest.dynamicTest(name, file.toUri(), () -> run(script, implementation)));
        }
      }
    }
    return tests;
  }

  private void run(Script script, Implementation implementation) throws Exception {
    Path fresh = Files.createDirectory(root.resolve(script.name() + "-" + implementation));
    List<String> told = script.run(implementation, fresh, quiet);
    if (script.expected().size() == 1) {
      assertThat(told).isEqualTo(script.expected().iterator().next());
    } else {
      assertThat(script.expected()).contains(told);
    }
  }
}
