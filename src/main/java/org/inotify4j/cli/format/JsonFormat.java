package org.inotify4j.cli.format;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.cli.base.JsonText;
import org.inotify4j.cli.base.WatchedPath;
import org.jspecify.annotations.Nullable;

/** Prints events as JSON, one object a line, for programs. */
public final class JsonFormat implements EventFormat {

  private final @Nullable TimeFormat time;

  /** Without times. */
  public JsonFormat() {
    this(null);
  }

  /**
   * A format.
   *
   * @param time how the time is written; null where it is not
   */
  JsonFormat(@Nullable TimeFormat time) {
    this.time = time;
  }

  @Override
  public String format(INotifyEvent event, WatchedPath watched, @Nullable String found) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      if (time != null) {
        json.name("time").value(time.now());
      }
      names(json, event, watched);
      if (found != null && !found.isEmpty()) {
        json.name("event").value(found);
      }
      json.name("flags").beginArray();
      for (Flag flag : event.flags()) {
        json.value(flag.name());
      }
      json.endArray();
      json.name("cookie").value(Integer.toUnsignedLong(event.cookie()));
      json.name("directory").value(isAboutDirectory(event, watched));
      if (found != null) {
        json.name("synthetic").value(true);
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return JsonText.escaped(text.toString()) + "\n";
  }

  private static void names(JsonWriter json, INotifyEvent event, WatchedPath watched)
      throws IOException {
    if (watched == WatchedPath.NONE) {
      json.name("path").nullValue();
    } else {
      JsonText.bytes(json, "path", watched.resolve(event.name()));
    }
    if (event.name().isEmpty()) {
      json.name("name").nullValue();
    } else {
      JsonText.bytes(json, "name", event.name().toByteArray());
    }
  }

  /** Whether the event is about a directory. The kernel does not say so of DELETE_SELF. */
  private static boolean isAboutDirectory(INotifyEvent event, WatchedPath watched) {
    return Flag.ISDIR.isIn(event.mask()) || (event.name().isEmpty() && watched.isDirectory());
  }
}
