package org.inotify4j.emulated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Leaves out tests that cannot succeed in emulation: a line {@code class#method reason} each. */
final class LeftOut implements PostDiscoveryFilter {

  private final Map<String, String> reasons = new HashMap<>();
  private int count;

  private LeftOut() {}

  static LeftOut read(Path file) throws IOException {
    LeftOut leftOut = new LeftOut();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(" ", 2);
      leftOut.reasons.put(parts[0], parts[1]);
    }
    return leftOut;
  }

  /** How many tests were left out; those with parameters count as one. */
  int count() {
    return count;
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    String name =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(MethodSource.class::cast)
            .map(source -> source.getClassName() + "#" + source.getMethodName())
            .orElse("");
    String reason = reasons.get(name);
    if (reason == null) {
      return FilterResult.included("");
    }
    count++;
    System.out.println("left out: " + name + ": " + reason);
    return FilterResult.excluded(reason);
  }
}
