package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.DropIn;

/**
 * One row of the table tried by one way.
 *
 * @param scratch an empty directory
 * @param shelf a directory for what other trials need as well
 */
record Trial(DropInWay way, Path scratch, Path shelf) {

  /** The jar with {@link DropIn}. */
  Path program() throws IOException {
    Path program = shelf.resolve("program.jar");
    if (!Files.exists(program)) {
      Class<?>[] nested = DropIn.class.getDeclaredClasses();
      Class<?>[] all = Arrays.copyOf(nested, nested.length + 1);
      all[nested.length] = DropIn.class;
      jar(program, Map.of(), all);
    }
    return program;
  }

  /** A child that runs {@link DropIn} and is told to have the watch service. */
  ChildJvm child() throws IOException {
    return way.child(DropIn.class, program());
  }

  /** Runs a child in the empty directory. */
  ChildJvm.Result run(ChildJvm child, String... more) throws IOException, InterruptedException {
    String[] arguments = new String[more.length + 1];
    arguments[0] = scratch.toString();
    System.arraycopy(more, 0, arguments, 1, more.length);
    return child.run(arguments);
  }

  /**
   * Whether a child has printed what it should, and complained of nothing.
   *
   * @param failure what it says where it fails: as the documentation has it, or empty where nobody
   *     knows of a failure
   */
  static boolean isDone(ChildJvm.Result result, String output, String... failure) {
    if (failure.length == 0 || result.exit() == 0) {
      assertThat(result.output()).isEqualTo(output);
      assertThat(result.err()).isEmpty();
      return true;
    }
    assertThat(result.exit()).isOne();
    assertThat(result.out() + result.err()).contains(failure);
    return false;
  }
}
