package org.inotify4j.base;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is logged is one line each, whatever the names in it are. */
final class LogTest {

  private static final String ESCAPED = EscapedCause.class.getName() + ": ";

  @RegisterExtension private final Logged logged = new Logged();

  @Test
  void textThatWouldForgeALine_isEscaped() {
    Log.warn("not read: /a\nSEVERE: forged\r\u001B[2J\u202E");
    assertThat(logged.lines())
        .containsExactly("WARNING not read: /a\\nSEVERE: forged\\x0D\\x1B[2J\\u{202E}");
  }

  @Test
  void textThatWasHeldBack_isEscapedToo() {
    Log.log(this, Level.WARNING, "a\tb", null);
    Log.log(this, Level.WARNING, "c\td", null);
    HeldBack.tell();
    assertThat(logged.lines()).containsExactly("WARNING a\\tb", "WARNING c\\td (once more)");
  }

  @Test
  void causeWhoseTextWouldForgeALine_isEscaped_andSoAreThoseBehindIt() {
    Exception behind = new NoSuchFileException("/a\nSEVERE: forged");
    IllegalStateException cause = new IllegalStateException("plain \\", behind);
    cause.addSuppressed(new FileSystemException("/b", null, "\u001B[2J"));
    Log.log(Level.WARNING, "not read", cause);
    Throwable safe = logged.causes().get(0);
    assertThat(safe)
        .hasMessage("java.lang.IllegalStateException: plain \\")
        .hasToString(ESCAPED + "java.lang.IllegalStateException: plain \\");
    assertThat(safe.getStackTrace()).isEqualTo(cause.getStackTrace());
    assertThat(safe.getCause())
        .hasToString(ESCAPED + "java.nio.file.NoSuchFileException: /a\\nSEVERE: forged");
    assertThat(requireNonNull(safe.getCause()).getStackTrace()).isEqualTo(behind.getStackTrace());
    assertThat(safe.getSuppressed())
        .extracting(Throwable::toString)
        .containsExactly(ESCAPED + "java.nio.file.FileSystemException: /b: \\x1B[2J");
  }

  @Test
  void causesInACircle_areEscaped() {
    IllegalStateException cause = new IllegalStateException("a\tb");
    cause.initCause(new IllegalStateException("c", cause));
    Log.log(Level.WARNING, "not read", cause);
    Throwable safe = logged.causes().get(0);
    assertThat(safe).hasMessage("java.lang.IllegalStateException: a\\tb");
    assertThat(safe.getCause()).hasMessage("java.lang.IllegalStateException: c");
    assertThat(requireNonNull(safe.getCause()).getCause()).isSameAs(safe);
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
    assertThat(logged.causes().get(0)).hasMessage("short");
  }

  @Test
  void causeWithPlainTexts_isLoggedItself() {
    Exception cause = new IllegalStateException("plain \\n", new IllegalStateException());
    Log.log(Level.WARNING, "not read", cause);
    assertThat(logged.causes().get(0)).isSameAs(cause);
  }
}
