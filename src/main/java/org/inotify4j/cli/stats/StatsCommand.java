package org.inotify4j.cli.stats;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.inotify4j.cli.base.Amount;
import org.inotify4j.cli.base.AtInterrupt;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.format.ColorMode;
import org.inotify4j.cli.format.Colors;
import org.inotify4j.cli.options.GitIgnoreOption;
import org.inotify4j.cli.options.HelpOption;
import org.inotify4j.cli.options.IgnoreOptions;
import org.inotify4j.cli.options.PathOptions;
import org.inotify4j.cli.options.SelectionOptions;
import org.inotify4j.cli.options.TimeoutConverter;
import org.inotify4j.cli.regex.PathSelection;
import org.inotify4j.cli.roots.Roots;
import org.inotify4j.cli.roots.TreeOptions;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code stats}. */
@Command(
    name = "stats",
    description = {
      "Counts what happens to files, and to the entries of directories, and prints a table of it at"
          + " the end: when the time is over, or at Ctrl-C. A terminal shows it every second.",
    },
    exitCodeOnInvalidInput = ExitCode.ERROR,
    customSynopsis = "inotify4j stats [OPTION]... PATH...",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Events are those of 'inotify4j watch --help'; a directory is sorted by its own entries.",
      "",
      "Exit codes: 0 counted, also where Ctrl-C ended it; 1 an error.",
      "",
      "Example: see for a minute where a build writes",
      "  inotify4j stats -r -t 60 -e modify,create -d create ."
    })
public final class StatsCommand implements Callable<Integer> {

  @Mixin private PathOptions paths = new PathOptions();
  @Mixin private IgnoreOptions ignored = new IgnoreOptions();
  @Mixin private GitIgnoreOption git = new GitIgnoreOption();
  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      converter = TimeoutConverter.class,
      description = "Count for so long, fractions allowed (0: until Ctrl-C).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = {"-a", "--ascending"},
      paramLabel = "EVENT",
      description = "Sort by the number of this event, or by 'total', the smallest first.")
  private @Nullable String ascending;

  @Option(
      names = {"-d", "--descending"},
      paramLabel = "EVENT",
      description = "The same, the largest first (default: -d total).")
  private @Nullable String descending;

  @Option(
      names = {"-z", "--zero"},
      description = "Print rows and columns that are all zero, too.")
  private boolean zero;

  @Option(
      names = "--json",
      description =
          "Print JSON at the end, one object a line; a name that is not UTF-8 as base64 too.")
  private boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      arity = "0..1",
      fallbackValue = "always",
      converter = ColorMode.Converter.class,
      type = Object.class, // Of an enum a shell would offer the names, which are no words here.
      description = "As of 'inotify4j watch'.")
  private ColorMode color = ColorMode.AUTO;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no messages but errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say how many watches there are.")
  private boolean verbose;

  @Option(
      names = {"-I", "--inotify"},
      description = "Watch by inotify. There is nothing else.")
  @SuppressWarnings("unused") // Taken for the sake of scripts.
  private boolean inotify;

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  /** One that prints to a console. */
  public StatsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int asked = selection.columns();
    StatsTable table = new StatsTable(asked, zero, order(asked));
    ignored.check(paths.isRecursive());
    boolean isGitIgnoring = git.isOn(paths.isRecursive());
    PathSelection wanted = selection.paths();
    try (AtInterrupt interrupt = new AtInterrupt()) {
      console.interruptAtEnd(interrupt);
      paths.read(System.in);
      TreeOptions options = paths.options(ignored.patterns(), isGitIgnoring, List.of());
      count(table, wanted, options);
      if (zero) {
        new StatsRows(options).include(paths.watched(), table);
      }
      print(table);
      interrupt.endsWith(ExitCode.EVENT);
      return ExitCode.EVENT;
    } catch (IOException | UnsupportedOperationException e) {
      console.error(String.valueOf(e.getMessage()));
      return ExitCode.ERROR;
    } finally {
      console.interruptAtEnd(null);
    }
  }

  private void count(StatsTable table, PathSelection wanted, TreeOptions options)
      throws IOException {
    try (INotifyWatchService service = INotifyWatchService.open()) {
      Roots roots = new Roots(service, selection.asked(), options);
      if (selection.isOfAll()) {
        roots.passOverLooks(false);
      }
      paths.addTo(roots, console, quiet);
      if (!quiet) {
        console.message("Counting" + watches(service.watchCount()) + "; Ctrl-C ends.");
      }
      boolean isLive = !json && console.printsToTerminal();
      LiveTable live = new LiveTable(console, isLive ? Terminal.current() : Terminal.of(""));
      StatsLoop.Display display = () -> !isLive || table.isEmpty() || live.show(table.lines());
      new StatsLoop(service, roots, wanted, table, console, display).run(timeout);
      live.clear();
    }
  }

  private String watches(int count) {
    return verbose ? ", with " + Amount.of(count, "watch", "watches") : "";
  }

  private void print(StatsTable table) throws IOException {
    if (table.isEmpty()) {
      if (!quiet) {
        console.message("No events occurred.");
      }
      return;
    }
    List<String> lines = new ArrayList<>(json ? table.json() : table.lines());
    if (!json && color.isOn(console.printsToTerminal(), System.getenv())) {
      lines.set(0, Colors.header(lines.get(0)));
    }
    boolean unused = console.print(lines.stream().map(line -> line + "\n").toList());
  }

  private StatsOrder order(int asked) {
    if (ascending != null && descending != null) {
      throw refused("--ascending and --descending do not go together");
    }
    String by = ascending == null ? descending : ascending;
    if (by == null) {
      return StatsOrder.USUAL;
    }
    String option = ascending == null ? "--descending: " : "--ascending: ";
    StatsOrder order;
    try {
      order = StatsOrder.of(by, ascending != null);
    } catch (TypeConversionException e) {
      throw refused(option + e.getMessage());
    }
    if (order.by() != null && !order.by().isIn(asked)) {
      throw refused(option + "'" + by + "' is not among the events that were asked for");
    }
    return order;
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
