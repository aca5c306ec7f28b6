package org.inotify4j.cli.format;

import java.time.Clock;
import java.time.ZoneId;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.RawArguments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how events are printed. */
public final class FormatOptions {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Print events so, each in a line (default: '%%w %%e %%f').")
  private @Nullable String format;

  @Option(names = "--no-newline", description = "With --format: no newline after an event.")
  private boolean noNewline;

  @Option(
      names = "--timefmt",
      paramLabel = "FORMAT",
      description =
          "How the time is written, as strftime(3) has it: for %%T in --format, and as \"time\""
              + " with --json.")
  private @Nullable String timeFormat;

  @Option(
      names = {"-c", "--csv"},
      description =
          "Print events as comma-separated values, as inotifywait does: for programs, as names are"
              + " not escaped and can steer a terminal.")
  private boolean csv;

  @Option(
      names = "--json",
      description =
          "Print events as JSON, one object a line; a name that is not UTF-8 as base64 too.")
  private boolean json;

  @Option(
      names = {"-N", "--literal"},
      description = "Print names byte for byte, not escaped: for --format with %%0.")
  private boolean literal;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      arity = "0..1",
      fallbackValue = "always",
      converter = ColorMode.Converter.class,
      type = Object.class, // Of an enum a shell would offer the names, which are no words here.
      description =
          "Print in color: always, never, or auto, at a terminal where NO_COLOR is not set"
              + " (default: auto; without =WHEN: always).")
  private ColorMode color = ColorMode.AUTO;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** The format that was chosen. */
  public EventFormat chosen(Console console) {
    check();
    if (csv) {
      return new CsvFormat();
    }
    if (json) {
      return new JsonFormat(time(false));
    }
    boolean isColored = color.isOn(console.printsToTerminal(), System.getenv());
    TextStyle style = new TextStyle(time(literal), literal, isColored);
    try {
      String text = format == null ? TextFormat.DEFAULT : text(format, literal);
      return TextFormat.of(text, noNewline ? "" : "\n", style);
    } catch (IllegalArgumentException e) {
      String why = "--format: " + e.getMessage();
      throw refused(literal ? why : RawArguments.latin1(why));
    }
  }

  private void check() {
    if (json && (format != null || noNewline)) {
      throw refused("--json has a format of its own: --format and --no-newline do not go with it");
    }
    if (csv && (json || format != null)) {
      throw refused("--csv has a format of its own: --format and --json do not go with it");
    }
    if (format == null && noNewline) {
      throw refused("--no-newline goes with --format only");
    }
    if (timeFormat != null && format == null && !json) {
      throw refused("--timefmt goes with --format or --json only");
    }
  }

  private @Nullable TimeFormat time(boolean isLiteral) {
    return timeFormat == null
        ? null
        : new TimeFormat(text(timeFormat, isLiteral), Clock.system(ZoneId.systemDefault()));
  }

  private static String text(String latin1, boolean isLiteral) {
    return isLiteral ? latin1 : RawArguments.text(latin1);
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
