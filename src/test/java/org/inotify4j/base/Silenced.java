package org.inotify4j.base;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the library log nothing during a class of tests: its faults are on purpose. */
public final class Silenced implements BeforeAllCallback, AfterAllCallback {

  /** Kept, so that what is set stays set. */
  private static final Logger LOG = Logger.getLogger("org.inotify4j");

  @Override
  public void beforeAll(ExtensionContext tests) {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    LOG.setLevel(null);
  }
}
