package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.OVER_INOTIFY;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.DropIn;

/** Archives of classes, with which a JVM starts sooner. */
final class Archives {

  private static final String WORKS = OVER_INOTIFY + EVENTS;

  /** Where the JDK wants a path to load the default provider by. */
  static final String DOES_NOT_START =
      "Cannot invoke \"java.nio.file.FileSystem.getPath(String, String[])\" because the return"
          + " value of \"java.nio.file.FileSystems.getDefault()\" is null";

  private static final String NOT_WITH_AN_AGENT =
      "Must enable AllowArchivingWithJavaAgent in order to run Java agent during CDS dumping";

  /** An option that children have otherwise, and that does not go with a cache. */
  private static final String SHARING = "-Xshare:auto";

  private static final int FIRST_WITH_CACHE = 25;

  private Archives() {}

  static boolean isMade(Trial trial) throws IOException, InterruptedException {
    return make(trial, archive(trial));
  }

  /** Where the way makes none it is one that was made without. */
  static boolean isUsed(Trial trial) throws IOException, InterruptedException {
    Path archive = archive(trial);
    if (!Files.exists(archive) && !make(trial, archive)) {
      ChildJvm without = ChildJvm.of(DropIn.class).classPath(JNA, trial.program());
      assertThat(trial.run(without.options(making(archive))).exit()).isZero();
    }
    assertThat(archive).isNotEmptyFile();
    ChildJvm child = trial.child().options("-XX:SharedArchiveFile=" + archive);
    return works(trial.run(child), DOES_NOT_START);
  }

  private static Path archive(Trial trial) {
    return trial.shelf().resolve("archive-" + trial.way());
  }

  private static boolean make(Trial trial, Path archive) throws IOException, InterruptedException {
    return works(trial.run(trial.child().options(making(archive))), NOT_WITH_AN_AGENT);
  }

  private static String making(Path archive) {
    return "-XX:ArchiveClassesAtExit=" + archive;
  }

  static boolean cache(Trial trial) throws IOException, InterruptedException {
    assumeTrue(Runtime.version().feature() >= FIRST_WITH_CACHE, "this Java has no AOT cache");
    Path cache = trial.scratch().resolve("cache");
    ChildJvm making = trial.child().without(SHARING).options("-XX:AOTCacheOutput=" + cache);
    ChildJvm.Result made = trial.run(making);
    assertThat(said(made)).contains(WORKS);
    if (!Files.exists(cache)) {
      assertThat(made.out() + made.err()).contains(DOES_NOT_START);
      return false;
    }
    assertThat(cache).isNotEmptyFile();
    ChildJvm using =
        trial.child().without(SHARING).options("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    assertThat(said(trial.run(using))).isEqualTo(WORKS);
    return true;
  }

  private static boolean works(ChildJvm.Result result, String failure) {
    if (result.exit() == 0) {
      assertThat(said(result)).isEqualTo(WORKS);
      return true;
    }
    assertThat(result.out() + result.err()).contains(failure);
    return false;
  }

  /** What the program printed, without what the virtual machine has to say of its archives. */
  private static String said(ChildJvm.Result result) {
    StringBuilder said = new StringBuilder();
    result
        .out()
        .lines()
        .filter(line -> !line.startsWith("["))
        .forEach(line -> said.append(line).append('\n'));
    return said.toString();
  }
}
