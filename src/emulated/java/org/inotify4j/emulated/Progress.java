package org.inotify4j.emulated;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints what becomes of each test class and of each test that does not succeed, at once. */
final class Progress implements TestExecutionListener {

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
      System.out.println(test.getLegacyReportingName());
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    tell(test, "skipped", reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    switch (result.getStatus()) {
      case SUCCESSFUL -> {}
      case ABORTED -> tell(test, "skipped", reason(result));
      case FAILED -> tell(test, "FAILED", reason(result));
    }
  }

  private static String reason(TestExecutionResult result) {
    return result.getThrowable().map(Throwable::toString).orElse("");
  }

  private static void tell(TestIdentifier test, String what, String reason) {
    System.out.printf(
        "  %s %s: %s%n",
        test.getLegacyReportingName(), what, reason.lines().findFirst().orElse(""));
  }
}
