package org.inotify4j.cli.options;

import java.util.List;
import java.util.Optional;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.EventNames;
import org.inotify4j.cli.regex.ExtendedRegex;
import org.inotify4j.cli.regex.PathSelection;
import org.inotify4j.cli.regex.RegexProgram;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which events are of interest. */
public final class SelectionOptions {

  @Option(
      names = {"-e", "--event"},
      paramLabel = "EVENT[,EVENT...]",
      converter = EventNames.class,
      description =
          "Only this event; with commas or several times for more of them (default: all).")
  private List<Integer> events = List.of();

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description =
          "Only events of paths in which this is found: an extended regular expression of POSIX,"
              + " for the path as it is printed, such as '\\.txt$'. The last one counts.")
  private List<String> included = List.of();

  @Option(
      names = "--includei",
      paramLabel = "REGEX",
      description = "As --include, in capital and small letters.")
  private List<String> includedInAnyCase = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "REGEX",
      description =
          "No events of paths in which this is found. What matches is watched all the same;"
              + " --ignore spares that.")
  private List<String> excluded = List.of();

  @Option(
      names = "--excludei",
      paramLabel = "REGEX",
      description = "As --exclude, in capital and small letters.")
  private List<String> excludedInAnyCase = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** The events that were asked for, as a mask. */
  public int asked() {
    int asked = 0;
    for (int mask : events) {
      asked |= mask;
    }
    return asked == 0 ? Mask.ALL_EVENTS | Flag.UNMOUNT.bit() : asked;
  }

  /** Whether nothing was asked for, which is all events. */
  public boolean isOfAll() {
    return events.isEmpty();
  }

  /** The same for a table: where nothing was asked for, all but UNMOUNT. */
  public int columns() {
    return events.isEmpty() ? Mask.ALL_EVENTS : asked();
  }

  /** Which paths are of interest. */
  public PathSelection paths() {
    return new PathSelection(
        regex("--include", included, includedInAnyCase).orElse(null),
        regex("--exclude", excluded, excludedInAnyCase).orElse(null));
  }

  /** Says which of the expressions do not count. */
  public void warn(Console console) {
    warn(console, "--include", included);
    warn(console, "--includei", includedInAnyCase);
    warn(console, "--exclude", excluded);
    warn(console, "--excludei", excludedInAnyCase);
  }

  private static void warn(Console console, String option, List<String> given) {
    if (given.size() > 1) {
      console.message(option + ": only the last one counts; (one|another) is both");
    }
  }

  /** The one that counts. What picocli finds in a signature is loaded, but not what is generic. */
  private Optional<RegexProgram> regex(String option, List<String> exact, List<String> inAnyCase) {
    if (!exact.isEmpty() && !inAnyCase.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), option + " and " + option + "i do not go together");
    }
    List<String> given = exact.isEmpty() ? inAnyCase : exact;
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ExtendedRegex.compile(given.get(given.size() - 1), exact.isEmpty()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }
}
