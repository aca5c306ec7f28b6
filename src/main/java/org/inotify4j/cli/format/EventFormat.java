package org.inotify4j.cli.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.inotify4j.INotifyEvent;
import org.inotify4j.cli.base.WatchedPath;
import org.jspecify.annotations.Nullable;

/** Makes an event the text that is printed for it. */
public interface EventFormat {

  /** What there is to say of an event that was found by looking, where the kernel was silent. */
  String FOUND = "";

  /**
   * The text of an event.
   *
   * @param event any event
   * @param watched what its watch descriptor stands for, or {@link WatchedPath#NONE}
   * @param found null for what the kernel reported; else the name of what was found, where that is
   *     no flag of the event, or {@link #FOUND}
   * @return the whole of it, with the newline at the end where there is to be one
   */
  String format(INotifyEvent event, WatchedPath watched, @Nullable String found);

  /** In which bytes the texts are printed. */
  default Charset charset() {
    return StandardCharsets.UTF_8;
  }

  /** The text of an event that the kernel reported. */
  default String format(INotifyEvent event, WatchedPath watched) {
    return format(event, watched, null);
  }
}
