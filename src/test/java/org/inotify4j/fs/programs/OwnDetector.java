package org.inotify4j.fs.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileTypeDetector;
import org.jspecify.annotations.Nullable;

/** A detector that looks at files when it is made, and says what it is asked about. */
public final class OwnDetector extends FileTypeDetector {

  public OwnDetector() {
    if (!Files.exists(Path.of("/"))) {
      throw new AssertionError("no root");
    }
  }

  @Override
  public @Nullable String probeContentType(Path path) {
    System.out.println("asked about " + path);
    return path.toString().endsWith(".of-no-type") ? "own/type" : null;
  }
}
