package org.inotify4j.cli.format;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When output is in color, in the words of ls and grep. */
public enum ColorMode {

  /** At a terminal, unless the environment has NO_COLOR, or the terminal knows no colors. */
  AUTO,

  /** Always. */
  ALWAYS,

  /** Never. */
  NEVER;

  /** Whether output is in color, given whether it goes to a terminal. */
  public boolean isOn(boolean toTerminal, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> toTerminal && isWelcome(environment);
    };
  }

  private static boolean isWelcome(Map<String, String> environment) {
    @Nullable String noColor = environment.get("NO_COLOR");
    return (noColor == null || noColor.isEmpty()) && !"dumb".equals(environment.get("TERM"));
  }

  /** Reads one of the three words. */
  public static final class Converter implements ITypeConverter<ColorMode> {
    @Override
    public ColorMode convert(String word) {
      for (ColorMode mode : values()) {
        if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
          return mode;
        }
      }
      throw new TypeConversionException("'" + word + "' is none of auto, always, never");
    }
  }
}
