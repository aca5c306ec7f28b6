package org.inotify4j.cli.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.INotifyEvent;
import org.inotify4j.base.Escaping;
import org.inotify4j.cli.base.EventNames;
import org.inotify4j.cli.base.WatchedPath;
import org.jspecify.annotations.Nullable;

/** Prints events under a format of inotifywait's: {@code %w %e %f} unless another one is given. */
public final class TextFormat implements EventFormat {

  /** The format where none is given. */
  public static final String DEFAULT = "%w %e %f";

  /** A part of the format: text, or a conversion. */
  private interface Part {
    String of(INotifyEvent event, WatchedPath watched, String found);
  }

  private final TextStyle style;
  private final List<Part> parts = new ArrayList<>();

  private TextFormat(TextStyle style) {
    this.style = style;
  }

  /**
   * Reads a format.
   *
   * @param format text with conversions
   * @param end what follows every event
   * @throws IllegalArgumentException if there is a conversion in it that does not exist
   */
  public static TextFormat of(String format, String end) {
    return of(format, end, TextStyle.PLAIN);
  }

  /**
   * Reads a format.
   *
   * @param format text with conversions; one char a byte where the style is literal
   * @throws IllegalArgumentException if there is a conversion in it that does not exist, or a time
   *     and the style has none
   */
  static TextFormat of(String format, String end, TextStyle style) {
    TextFormat made = new TextFormat(style);
    int start = 0;
    for (int percent; (percent = format.indexOf('%', start)) >= 0; ) {
      made.addText(format.substring(start, percent));
      start = made.addConversion(format, percent + 1);
    }
    made.addText(format.substring(start));
    made.addText(end);
    return made;
  }

  @Override
  public String format(INotifyEvent event, WatchedPath watched, @Nullable String found) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.of(event, watched, found == null ? EventFormat.FOUND : found));
    }
    return text.toString();
  }

  @Override
  public Charset charset() {
    return style.isLiteral() ? ISO_8859_1 : UTF_8;
  }

  private void addText(String text) {
    if (!text.isEmpty()) {
      parts.add((event, watched, found) -> text);
    }
  }

  /** Adds the conversion at an index, that after its percent sign, and returns where it ends. */
  private int addConversion(String format, int index) {
    if (index == format.length()) {
      throw new IllegalArgumentException("it ends with a lone % (%% prints a percent sign)");
    }
    int conversion = format.codePointAt(index);
    int end = index + Character.charCount(conversion);
    switch (conversion) {
      case 'w' -> parts.add((event, watched, found) -> path(watched));
      case 'f' -> parts.add((event, watched, found) -> name(event));
      case 'e' -> addEvents(",");
      case 'c' -> parts.add((event, watched, found) -> Integer.toHexString(event.cookie()));
      case 'T' -> addTime();
      case '%' -> addText("%");
      case '0' -> addText("\0");
      case 'n' -> addText("\n");
      default -> {
        String separator = format.substring(index, end);
        if (!format.startsWith("e", end)) {
          throw new IllegalArgumentException(
              "no such conversion: %"
                  + separator
                  + " (there are: %w, %f, %e, %Xe, %c, %T, %%, %0, %n)");
        }
        addEvents(separator);
        end++;
      }
    }
    return end;
  }

  private void addTime() {
    TimeFormat time = style.time();
    if (time == null) {
      throw new IllegalArgumentException("%T is the time, and wants a --timefmt");
    }
    parts.add((event, watched, found) -> time.now());
  }

  private void addEvents(String separator) {
    parts.add(
        (event, watched, found) -> {
          String events = String.join(separator, EventNames.of(event, found));
          return style.isColored() ? Colors.events(events, event.mask()) : events;
        });
  }

  private String path(WatchedPath watched) {
    String path = style.isLiteral() ? new String(watched.bytes(), ISO_8859_1) : watched.escaped();
    return style.isColored() ? Colors.path(path) : path;
  }

  private String name(INotifyEvent event) {
    byte[] bytes = event.name().toByteArray();
    String name = style.isLiteral() ? new String(bytes, ISO_8859_1) : Escaping.escape(bytes);
    return style.isColored() ? Colors.name(name, event.mask()) : name;
  }
}
