package org.inotify4j.cli.stats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.cli.base.Console;

/** Shows lines at a terminal in the place of those that it showed before. */
final class LiveTable {

  private final Console console;
  private final Terminal terminal;
  private int shown;

  LiveTable(Console console, Terminal terminal) {
    this.console = console;
    this.terminal = terminal;
  }

  /**
   * Shows as many lines as there is room for, each cut where the terminal ends.
   *
   * @return false where nobody looks any more
   * @throws IOException if they cannot be written for another reason
   */
  boolean show(List<String> lines) throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(back());
    // The cursor stands in the line below.
    shown = Math.min(lines.size(), terminal.rows() - 1);
    for (String line : lines.subList(0, shown)) {
      texts.add(TextColumns.cut(line, columns()) + "\n");
    }
    return console.print(texts);
  }

  /** Takes away what is shown. */
  void clear() throws IOException {
    boolean unused = console.print(List.of(back()));
    shown = 0;
  }

  private int columns() {
    return terminal.columns() - 1;
  }

  /** Goes up to the first line, and erases from there. */
  private String back() {
    return shown == 0 ? "" : "\u001b[" + shown + "A\r\u001b[J";
  }
}
