package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.inotify4j.INotify;
import org.inotify4j.watch.ContractProgram;

/** The tests of the watch service's contract, run where the drop-in is the JDK's service. */
final class Contract {

  /** What only a service can be asked that has a kernel of the tests, or a child of its own. */
  private static final String[] LEFT_OUT = {
    "limitOfInstances_isAnIOExceptionThatBeginsAsTheJdks",
    "limitOfWatches_isAnIOExceptionThatBeginsAsTheJdks",
    "slowFileSystemMetInRegister_stallsNoOtherKey_butTheJdks"
  };

  private static final String SUCCEEDED = "succeeded: ";
  private static final int FEWEST = 100;

  private Contract() {}

  static boolean isKept(Trial trial) throws IOException, InterruptedException {
    ChildJvm child = trial.way().child(ContractProgram.class, libraries());
    List<String> lines = trial.run(child).output().lines().toList();
    int last = lines.size() - 1;
    assertThat(lines).first().isEqualTo("watch services: [DROP_IN]");
    assertThat(lines.subList(1, last))
        .hasSameSizeAs(LEFT_OUT)
        .zipSatisfy(
            List.of(LEFT_OUT),
            (line, test) -> assertThat(line).startsWith(test + "()[1] skipped: "));
    assertThat(lines.get(last)).startsWith(SUCCEEDED);
    assertThat(Integer.parseInt(lines.get(last).substring(SUCCEEDED.length())))
        .isGreaterThan(FEWEST);
    return true;
  }

  /** What the tests need, without the library. */
  private static Path[] libraries() {
    Path library = ChildJvm.home(INotify.class); // The jar itself, or what it is made of.
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> !entry.equals(JAR) && !entry.equals(JNA) && !entry.startsWith(library))
        .toArray(Path[]::new);
  }
}
