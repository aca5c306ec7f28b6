package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.PROGRAMS;

import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.PathWatcher;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.WithDirectoryWatcher;
import org.inotify4j.fs.programs.WithPathWatcher;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/** Published libraries that watch, and keep their promises over the JDK's service. */
final class Clients {

  private static final Path[] BESIDE_DIRECTORY_WATCHER = librariesWith(DirectoryWatcher.class);
  private static final Path[] BESIDE_PATH_WATCHER = librariesWith(PathWatcher.class);

  private Clients() {}

  static boolean directoryWatcher(Trial trial) throws IOException, InterruptedException {
    ChildJvm child = trial.way().child(WithDirectoryWatcher.class, BESIDE_DIRECTORY_WATCHER);
    return Trial.isDone(trial.run(child), WithDirectoryWatcher.OUTPUT);
  }

  static boolean pathWatcher(Trial trial) throws IOException, InterruptedException {
    ChildJvm child = trial.way().child(WithPathWatcher.class, BESIDE_PATH_WATCHER);
    return Trial.isDone(trial.run(child), WithPathWatcher.OUTPUT);
  }

  /** What they must print, by their judge. */
  static void keepPromisesOverTheJdks(Path scratch) throws IOException, InterruptedException {
    ChildJvm one = ChildJvm.of(WithDirectoryWatcher.class).classPath(BESIDE_DIRECTORY_WATCHER);
    assertThat(Packaged.outputOf(one, directory(scratch, "one")))
        .isEqualTo(WithDirectoryWatcher.OUTPUT);
    ChildJvm other = ChildJvm.of(WithPathWatcher.class).classPath(BESIDE_PATH_WATCHER);
    assertThat(Packaged.outputOf(other, directory(scratch, "other")))
        .isEqualTo(WithPathWatcher.OUTPUT);
  }

  private static String directory(Path scratch, String name) throws IOException {
    return Files.createDirectory(scratch.resolve(name)).toString();
  }

  private static Path[] librariesWith(Class<?> library) {
    return new Path[] {
      PROGRAMS,
      ChildJvm.home(library),
      ChildJvm.home(Logger.class),
      ChildJvm.home(NOPServiceProvider.class)
    };
  }
}
