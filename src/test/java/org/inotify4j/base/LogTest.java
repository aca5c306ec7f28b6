package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged is one line each, whatever the names in it are. */
final class LogTest {

  private static final Logger LOG = Logger.getLogger("org.inotify4j.watch");

  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    HeldBack.tell();
    LOG.addHandler(lines);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(lines);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void textThatWouldForgeALine_isEscaped() {
    Log.warn("not read: /a\nSEVERE: forged\r\u001B[2J\u202E");
    assertThat(lines.all).containsExactly("not read: /a\\nSEVERE: forged\\x0D\\x1B[2J\\u{202E}");
  }

  @Test
  void textThatWasHeldBack_isEscapedToo() {
    Log.log(this, System.Logger.Level.WARNING, "a\tb", null);
    Log.log(this, System.Logger.Level.WARNING, "c\td", null);
    HeldBack.tell();
    assertThat(lines.all).containsExactly("a\\tb", "c\\td (once more)");
  }

  private static final class Lines extends Handler {

    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
