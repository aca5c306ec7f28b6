package org.inotify4j;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with an inotify instance of its own. */
abstract class WithINotify {

  INotify inotify;

  @BeforeEach
  void open() throws IOException {
    inotify = INotify.open();
  }

  @AfterEach
  void close() {
    inotify.close();
  }
}
