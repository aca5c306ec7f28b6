package org.inotify4j.cli.stats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** The size of the terminal. */
record Terminal(int rows, int columns) {

  private static final Terminal USUAL = new Terminal(24, 80);

  /** As stty(1) tells it; the usual one where it cannot. */
  static Terminal current() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(Redirect.DISCARD)
              .start();
      return of(new String(stty.getInputStream().readAllBytes(), US_ASCII));
    } catch (IOException e) {
      return USUAL;
    }
  }

  /** Reads two numbers; of none, and of some that no terminal has, it is the usual one. */
  static Terminal of(String size) {
    String[] numbers = size.trim().split(" ", -1);
    if (numbers.length != 2 || !size.trim().matches("\\d{1,5} \\d{1,5}")) {
      return USUAL;
    }
    int rows = Integer.parseInt(numbers[0]);
    int columns = Integer.parseInt(numbers[1]);
    return rows < 3 || columns < 3 ? USUAL : new Terminal(rows, columns);
  }
}
