package org.inotify4j.cli.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import org.inotify4j.INotifyEvent;
import org.inotify4j.cli.base.EventNames;
import org.inotify4j.cli.base.WatchedPath;
import org.jspecify.annotations.Nullable;

/** Prints events as inotifywait's comma-separated values, with names byte for byte. */
final class CsvFormat implements EventFormat {

  @Override
  public String format(INotifyEvent event, WatchedPath watched, @Nullable String found) {
    return field(new String(watched.bytes(), ISO_8859_1))
        + ","
        + field(String.join(",", EventNames.of(event, found == null ? FOUND : found)))
        + ","
        + field(new String(event.name().toByteArray(), ISO_8859_1))
        + "\n";
  }

  @Override
  public Charset charset() {
    return ISO_8859_1;
  }

  private static String field(String value) {
    boolean isPlain =
        value.indexOf('"') < 0
            && value.indexOf(',') < 0
            && value.indexOf('\n') < 0
            && !value.startsWith(" ")
            && !value.endsWith(" ");
    return isPlain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }
}
