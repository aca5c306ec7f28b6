package org.inotify4j.watch;

import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has what is opened in each test of a class poll more or less often. */
public final class PollInterval implements BeforeEachCallback, AfterEachCallback {

  private final String seconds;

  /** So many seconds between two rounds. */
  public PollInterval(String seconds) {
    this.seconds = seconds;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    System.setProperty(PollSettings.INTERVAL_PROPERTY, seconds);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    System.clearProperty(PollSettings.INTERVAL_PROPERTY);
  }
}
