package org.inotify4j.cli;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.INotifyEvent;
import org.jspecify.annotations.Nullable;

/** Prints events under a format of inotifywait's: {@code %w %e %f} unless another one is given. */
final class TextFormat implements EventFormat {

  /** The format where none is given. */
  static final String DEFAULT = "%w %e %f";

  /** A part of the format: text, or a conversion. */
  private interface Part {
    String of(INotifyEvent event, WatchedPath watched, String found);
  }

  private final List<Part> parts;

  private TextFormat(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a format.
   *
   * @param format text with conversions
   * @param end what follows every event
   * @throws IllegalArgumentException if there is a conversion in it that does not exist
   */
  static TextFormat of(String format, String end) {
    List<Part> parts = new ArrayList<>();
    int start = 0;
    for (int percent; (percent = format.indexOf('%', start)) >= 0; ) {
      addText(format.substring(start, percent), parts);
      start = addConversion(format, percent + 1, parts);
    }
    addText(format.substring(start), parts);
    addText(end, parts);
    return new TextFormat(List.copyOf(parts));
  }

  @Override
  public String format(INotifyEvent event, WatchedPath watched, @Nullable String found) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.of(event, watched, found == null ? EventFormat.FOUND : found));
    }
    return text.toString();
  }

  private static void addText(String text, List<Part> parts) {
    if (!text.isEmpty()) {
      parts.add((event, watched, found) -> text);
    }
  }

  /** Adds the conversion at an index, that after its percent sign, and returns where it ends. */
  private static int addConversion(String format, int index, List<Part> parts) {
    if (index == format.length()) {
      throw new IllegalArgumentException("it ends with a lone % (%% prints a percent sign)");
    }
    int conversion = format.codePointAt(index);
    int end = index + Character.charCount(conversion);
    switch (conversion) {
      case 'w' -> parts.add((event, watched, found) -> watched.escaped());
      case 'f' -> parts.add((event, watched, found) -> Escaping.escape(event.name().toByteArray()));
      case 'e' -> addEvents(",", parts);
      case 'c' -> parts.add((event, watched, found) -> Integer.toHexString(event.cookie()));
      case '%' -> addText("%", parts);
      case '0' -> addText("\0", parts);
      case 'n' -> addText("\n", parts);
      default -> {
        String separator = format.substring(index, end);
        if (!format.startsWith("e", end)) {
          throw new IllegalArgumentException(
              "no such conversion: %"
                  + separator
                  + " (there are: %w, %f, %e, %Xe, %c, %%, %0, %n)");
        }
        addEvents(separator, parts);
        end++;
      }
    }
    return end;
  }

  private static void addEvents(String separator, List<Part> parts) {
    parts.add((event, watched, found) -> String.join(separator, EventNames.of(event, found)));
  }
}
