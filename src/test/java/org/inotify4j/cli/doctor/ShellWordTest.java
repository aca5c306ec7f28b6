package org.inotify4j.cli.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path as one word for a shell. */
final class ShellWordTest {

  @Test
  void paths_areQuotedWhereThatIsNeeded() {
    assertThat(word("/srv/in-1.d/a=b")).isEqualTo("/srv/in-1.d/a=b");
    assertThat(word("/tmp/my dir/loop")).isEqualTo("'/tmp/my dir/loop'");
    assertThat(word("/a;$(b)\\`*~")).isEqualTo("'/a;$(b)\\`*~'");
    assertThat(word("~/a")).isEqualTo("'~/a'");
    assertThat(word("/\u00e4")).isEqualTo("'/\u00e4'");
    assertThat(word("-r")).isEqualTo("'./-r'");
    assertThat(word("")).isEqualTo("''");
    assertThat(word("it's\n\t\\\u001b")).isEqualTo("$'it\\'s\\n\\t\\\\\\x1B'");
    assertThat(word("-\n")).isEqualTo("$'./-\\n'");
    assertThat(ShellWord.of(new byte[] {'-', (byte) 0xFF})).isEqualTo("$'./-\\xFF'");
    // What turns the text around is no letter.
    assertThat(word("a\u202eb")).isEqualTo("$'a\\xE2\\x80\\xAEb'");
    assertThat(ShellWord.of(new byte[] {'a', (byte) 0xFF})).isEqualTo("$'a\\xFF'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/my dir", "it's", "a\nb", "$(x)`y`", "\\n", "\u00e4\u202e", "\u00ff"})
  void aShell_takesItForThat(String path) throws Exception {
    for (byte[] bytes : new byte[][] {path.getBytes(UTF_8), path.getBytes(ISO_8859_1)}) {
      Process shell =
          new ProcessBuilder("bash", "-c", "printf %s " + ShellWord.of(bytes))
              .redirectErrorStream(true)
              .start();
      assertThat(shell.getInputStream().readAllBytes()).isEqualTo(bytes);
      assertThat(shell.waitFor()).isZero();
    }
  }

  private static String word(String path) {
    return ShellWord.of(path.getBytes(UTF_8));
  }
}
