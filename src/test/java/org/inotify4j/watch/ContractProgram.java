package org.inotify4j.watch;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of the contract, and the scripts, with the watch service that this virtual machine
 * gives programs, and says which did not succeed.
 */
public final class ContractProgram {

  private static final Class<?>[] TESTS = {
    ArgumentsContractTest.class,
    EndedKeysContractTest.class,
    EventsContractTest.class,
    KeysContractTest.class,
    PathArgumentsContractTest.class,
    ScriptTest.class,
    TakingContractTest.class,
    ThreadsContractTest.class
  };

  private ContractProgram() {}

  public static void main(String[] args) throws Exception {
    System.out.println("watch services: " + Implementation.all());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(TESTS).map(type -> selectClass(type)).toList())
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .build();
    Results results = new Results();
    LauncherFactory.create().execute(request, results);
    results.others.forEach(System.out::println);
    System.out.println("succeeded: " + results.succeeded);
  }

  /** What became of them. */
  private static final class Results implements TestExecutionListener {
    final TreeSet<String> others = new TreeSet<>();
    int succeeded;

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      others.add(test.getLegacyReportingName() + " skipped: " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String reason = result.getThrowable().map(Throwable::toString).orElse("");
      switch (result.getStatus()) {
        case SUCCESSFUL -> succeeded += test.isTest() ? 1 : 0;
        case ABORTED -> executionSkipped(test, reason);
        case FAILED -> others.add(test.getLegacyReportingName() + " failed: " + reason);
      }
    }
  }
}
