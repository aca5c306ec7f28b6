package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.child;
import static org.inotify4j.fs.Packaged.outputOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.inotify4j.fs.programs.Channels;
import org.inotify4j.fs.programs.CompiledClass;
import org.inotify4j.fs.programs.HttpFiles;
import org.inotify4j.fs.programs.LogFiles;
import org.inotify4j.fs.programs.PosixAttributes;
import org.inotify4j.fs.programs.Redirects;
import org.inotify4j.fs.programs.SecureDirectories;
import org.inotify4j.fs.programs.Trees;
import org.inotify4j.fs.programs.UserAttributes;
import org.inotify4j.fs.programs.ZipFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that use files do the same over the provider as over the JDK's. */
final class ProgramsIT {

  @TempDir private Path scratch;

  @ParameterizedTest
  @ValueSource(
      classes = {
        Channels.class,
        CompiledClass.class,
        HttpFiles.class,
        LogFiles.class,
        PosixAttributes.class,
        Redirects.class,
        SecureDirectories.class,
        Trees.class,
        ZipFiles.class
      })
  void sameOutput(Class<?> program) throws Exception {
    String judge =
        outputOf(child(program), Files.createDirectory(scratch.resolve("judge")).toString());
    assertThat(judge).isNotEmpty();
    String output =
        outputOf(
            child(program).options(FLAG),
            Files.createDirectory(scratch.resolve("judged")).toString());
    assertThat(output).isEqualTo(judge);
  }

  @Test
  void sameOutput_withUserAttributes() throws Exception {
    assumeTrue(
        Files.getFileStore(scratch).supportsFileAttributeView(UserDefinedFileAttributeView.class),
        "the file system of the temporary directory has no user attributes");
    sameOutput(UserAttributes.class);
  }
}
