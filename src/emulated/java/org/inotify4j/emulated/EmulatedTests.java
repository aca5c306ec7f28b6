package org.inotify4j.emulated;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test classes with more patience than elsewhere: in an emulated virtual machine, which has no
 * Maven.
 */
final class EmulatedTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SUFFIX = ".class";

  private EmulatedTests() {}

  /**
   * Ends the virtual machine, with 1 where a test failed or none ran.
   *
   * @param arguments globs of test classes with commas between them, and the file with the tests to
   *     leave out
   */
  public static void main(String[] arguments) throws IOException, URISyntaxException {
    Awaitility.setDefaultTimeout(PATIENCE);
    List<String> classes = classesOf(arguments[0]);
    LeftOut leftOut = LeftOut.read(Path.of(arguments[1]));
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request(classes, leftOut), new Progress(), summary);
    System.exit(tell(summary.getSummary(), classes.size(), leftOut.count()) ? 0 : 1);
  }

  private static boolean tell(TestExecutionSummary result, int classes, int leftOut) {
    result.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 60);
    System.out.printf(
        "%s, %s %s: %d classes, %d tests: %d succeeded, %d failed, %d skipped, %d left out; %d s%n",
        System.getProperty("os.arch"),
        System.getProperty("java.vm.name"),
        System.getProperty("java.version"),
        classes,
        result.getTestsFoundCount(),
        result.getTestsSucceededCount(),
        result.getTotalFailureCount(),
        result.getTestsSkippedCount() + result.getTestsAbortedCount(),
        leftOut,
        (result.getTimeFinished() - result.getTimeStarted()) / 1000);
    return result.getTotalFailureCount() == 0 && result.getTestsSucceededCount() > 0;
  }

  private static LauncherDiscoveryRequest request(List<String> classes, LeftOut leftOut) {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    classes.forEach(name -> request.selectors(selectClass(name)));
    return request
        .filters(leftOut)
        .configurationParameter("junit.jupiter.execution.timeout.default", "600 s")
        .build();
  }

  private static List<String> classesOf(String globs) throws IOException, URISyntaxException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:{" + globs + "}" + SUFFIX);
    Path root =
        Path.of(EmulatedTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(root::relativize)
          .filter(matcher::matches)
          .map(file -> file.toString().replace('/', '.'))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }
}
