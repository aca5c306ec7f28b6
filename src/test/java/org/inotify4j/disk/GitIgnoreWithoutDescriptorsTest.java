package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that has no descriptors left cannot read what git leaves out: until it has some. */
final class GitIgnoreWithoutDescriptorsTest {

  /** It takes that many: of the root, of a file, and of what leads to the other. */
  private static final int NEEDED = 5;

  private final LibC real = SystemLibC.get();

  /** How many there are; one that is closed is not given back. */
  private final AtomicInteger left = new AtomicInteger();

  private final LibC libC =
      Intercepted.by(
          (method, arguments) -> {
            boolean isOpening = method.getName().startsWith("open");
            return isOpening && left.getAndDecrement() <= 0
                ? -Errno.EMFILE.number()
                : Intercepted.pass(real, method, arguments);
          });

  @TempDir private Path root;

  @Test
  void whatCouldNotBeRead_isReadWhenThatIsPossible() throws Exception {
    write(".gitignore", "a");
    write(".git/info/exclude", "b");
    GitIgnoreFilter filter = GitIgnoreFilter.of(libC, PathBytes.of(root), false);
    for (int descriptors = 0; descriptors < NEEDED; descriptors++) {
      left.set(descriptors);
      assertThat(isOut(filter, "b")).isFalse();
    }
    left.set(NEEDED);
    assertThat(isOut(filter, "b")).isTrue();
    assertThat(isOut(filter, "a")).isTrue();
    left.set(0);
    assertThat(filter.lookAgain()).as("nobody can say that something is other").isFalse();
    left.set(Integer.MAX_VALUE);
    assertThat(filter.lookAgain()).as("what was not left out may be").isTrue();
    assertThat(filter.lookAgain()).isFalse();
    assertThat(isOut(filter, "a")).isTrue();
  }

  private void write(String file, String rule) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, rule + '\n');
  }

  private static boolean isOut(GitIgnoreFilter filter, String path) {
    return filter.excludes(path.getBytes(UTF_8), false);
  }
}
