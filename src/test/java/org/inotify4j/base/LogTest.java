package org.inotify4j.base;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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

  private static final String ESCAPED = EscapedCause.class.getName() + ": ";

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
    Log.log(this, Level.WARNING, "a\tb", null);
    Log.log(this, Level.WARNING, "c\td", null);
    HeldBack.tell();
    assertThat(lines.all).containsExactly("a\\tb", "c\\td (once more)");
  }

  @Test
  void causeWhoseTextWouldForgeALine_isEscaped_andSoAreThoseBehindIt() {
    Exception behind = new NoSuchFileException("/a\nSEVERE: forged");
    IllegalStateException cause = new IllegalStateException("plain \\", behind);
    cause.addSuppressed(new FileSystemException("/b", null, "\u001B[2J"));
    Log.log(Level.WARNING, "not read", cause);
    Throwable logged = lines.causes.get(0);
    assertThat(logged)
        .hasMessage("java.lang.IllegalStateException: plain \\")
        .hasToString(ESCAPED + "java.lang.IllegalStateException: plain \\");
    assertThat(logged.getStackTrace()).isEqualTo(cause.getStackTrace());
    assertThat(logged.getCause())
        .hasToString(ESCAPED + "java.nio.file.NoSuchFileException: /a\\nSEVERE: forged");
    assertThat(requireNonNull(logged.getCause()).getStackTrace()).isEqualTo(behind.getStackTrace());
    assertThat(logged.getSuppressed())
        .extracting(Throwable::toString)
        .containsExactly(ESCAPED + "java.nio.file.FileSystemException: /b: \\x1B[2J");
  }

  @Test
  void causesInACircle_areEscaped() {
    IllegalStateException cause = new IllegalStateException("a\tb");
    cause.initCause(new IllegalStateException("c", cause));
    Log.log(Level.WARNING, "not read", cause);
    Throwable logged = lines.causes.get(0);
    assertThat(logged).hasMessage("java.lang.IllegalStateException: a\\tb");
    assertThat(logged.getCause()).hasMessage("java.lang.IllegalStateException: c");
    assertThat(requireNonNull(logged.getCause()).getCause()).isSameAs(logged);
  }

  @Test
  void messageThatItsOwnTextHides_isEscapedToo() {
    Exception cause =
        new Exception("a\rb") {
          private static final long serialVersionUID = 1L;

          @Override
          @SuppressWarnings("OverrideThrowableToString") // Programs do so.
          public String toString() {
            return "short";
          }
        };
    Log.log(Level.WARNING, "not read", cause);
    assertThat(lines.causes.get(0)).hasMessage("short");
  }

  @Test
  void causeWithPlainTexts_isLoggedItself() {
    Exception cause = new IllegalStateException("plain \\n", new IllegalStateException());
    Log.log(Level.WARNING, "not read", cause);
    assertThat(lines.causes.get(0)).isSameAs(cause);
  }

  private static final class Lines extends Handler {

    final List<String> all = new CopyOnWriteArrayList<>();
    final List<Throwable> causes = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(line.getMessage());
      if (line.getThrown() != null) {
        causes.add(line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
