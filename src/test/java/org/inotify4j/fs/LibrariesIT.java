package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.outputOf;

import io.methvin.watcher.DirectoryWatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.PathWatcher;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.WithDirectoryWatcher;
import org.inotify4j.fs.programs.WithPathWatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/** Published libraries keep their promises over the provider as over the JDK's. */
final class LibrariesIT {

  @TempDir private Path scratch;

  @Test
  void directoryWatcher() throws Exception {
    keepsPromise(WithDirectoryWatcher.class, DirectoryWatcher.class, WithDirectoryWatcher.OUTPUT);
  }

  @Test
  void pathWatcherOfJetty() throws Exception {
    keepsPromise(WithPathWatcher.class, PathWatcher.class, WithPathWatcher.OUTPUT);
  }

  private void keepsPromise(Class<?> program, Class<?> library, String promise) throws Exception {
    assertThat(output(childWith(program, library), "judge")).isEqualTo(promise);
    assertThat(output(childWith(program, library).options(FLAG), "judged")).isEqualTo(promise);
  }

  private static ChildJvm childWith(Class<?> program, Class<?> library) {
    return ChildJvm.of(program)
        .classPath(
            Packaged.JAR,
            Packaged.JNA,
            Packaged.PROGRAMS,
            ChildJvm.home(library),
            ChildJvm.home(Logger.class),
            ChildJvm.home(NOPServiceProvider.class));
  }

  private String output(ChildJvm child, String directory) throws Exception {
    return outputOf(child, Files.createDirectory(scratch.resolve(directory)).toString());
  }
}
