package org.inotify4j.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.Mask;
import org.inotify4j.cli.base.Amount;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.format.EventFormat;
import org.inotify4j.cli.format.FormatOptions;
import org.inotify4j.cli.options.GitIgnoreOption;
import org.inotify4j.cli.options.HelpOption;
import org.inotify4j.cli.options.IgnoreOptions;
import org.inotify4j.cli.options.PathOptions;
import org.inotify4j.cli.options.SelectionOptions;
import org.inotify4j.cli.options.TimeoutConverter;
import org.inotify4j.cli.regex.PathSelection;
import org.inotify4j.cli.roots.Roots;
import org.inotify4j.cli.roots.TreeOptions;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code watch}: its options, and what they make of the {@link EventLoop}. */
@Command(
    name = "watch",
    description = {
      "Prints what happens to files, and to the entries of directories, until Ctrl-C.",
    },
    exitCodeOnInvalidInput = ExitCode.ERROR,
    customSynopsis = "inotify4j watch [OPTION]... PATH...",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Events (-e):",
      "  access         read",
      "  modify         written to, or truncated",
      "  attrib         permissions, times, owner or links changed",
      "  close_write    closed, after it was open for writing",
      "  close_nowrite  closed, after it was open for reading",
      "  close          close_write and close_nowrite",
      "  open           opened",
      "  moved_from     renamed or moved: the old name",
      "  moved_to       renamed or moved: the new name",
      "  move           moved_from and moved_to",
      "  create         made in a watched directory",
      "  delete         deleted from a watched directory",
      "  delete_self    the watched path itself was deleted",
      "  move_self      the watched path itself was moved",
      "  unmount        the file system of the watched path was unmounted",
      "With -r, the events of a path itself (delete_self, move_self, unmount) are those of PATH;",
      "a directory that is moved in the tree is printed with all that is below it as created;",
      "and the look into a new directory is seen, as open, access and close_nowrite.",
      "So are those of --initial, --rescan and --poll, or of what is polled anyway, where -e asks",
      "for these events; without -e, nothing is printed then of directories that are read.",
      "IGNORED (a watch is gone), Q_OVERFLOW (events were lost) and UNMOUNT are always printed,",
      "and with --initial EXISTS and READY.",
      "",
      "Format (--format):",
      "  %%w  the watched path, with a slash at the end of a directory's",
      "  %%f  the entry of the watched directory; empty for the watched path itself",
      "  %%e  the events, with commas between them; %%Xe: with X between them",
      "  %%c  the cookie, the same number for the two halves of a move, hexadecimal",
      "  %%T  the time, written as --timefmt has it",
      "  %%%%  a percent sign    %%0  a NUL    %%n  a newline",
      "In names, backslashes are printed as \\\\, and control characters and bytes that are not",
      "UTF-8 as \\n, \\t, \\xNN or \\u{NNNN}.",
      "",
      "Exit codes: 0 an event that was asked for, 1 an error, or only other events came,",
      "2 no event in time, 130 Ctrl-C.",
      "",
      "Example: print every file that was written or moved into a directory",
      "  inotify4j watch -q -e close_write,moved_to --format %%w%%f /srv/in"
    })
public final class WatchCommand implements Callable<Integer> {

  @Mixin private PathOptions paths = new PathOptions();
  @Mixin private IgnoreOptions ignored = new IgnoreOptions();
  @Mixin private GitIgnoreOption git = new GitIgnoreOption();
  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--initial",
      description =
          "Print first what is there, as EXISTS, then READY: one line each, a directory before what"
              + " is in it.")
  private boolean initial;

  @Option(
      names = "--rescan",
      description =
          "Never Q_OVERFLOW: where events are lost, look at the files and print what differs.")
  private boolean rescan;

  @Option(
      names = "--poll",
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "2",
      converter = TimeoutConverter.class,
      description =
          "Look for changes every so often as well (without =SECONDS: 2), for what other machines"
              + " do to network file systems. Where a whole tree or a file is on one of these that"
              + " is done anyway.")
  private @Nullable Duration poll;

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      converter = TimeoutConverter.class,
      description = "End where no event comes for so long, fractions allowed (0: never).")
  private Duration timeout = Duration.ZERO;

  @Option(names = "--once", description = "End after one event, as inotifywait does without -m.")
  private boolean once;

  @Option(
      names = {"-m", "--monitor"},
      description = "Go on after an event. That is so without it, too.")
  private boolean monitor;

  @Option(
      names = {"-I", "--inotify"},
      description = "Watch by inotify. There is nothing else.")
  @SuppressWarnings("unused") // Taken for the sake of scripts.
  private boolean inotify;

  @Mixin private FormatOptions formats = new FormatOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  /** One that prints to a console. */
  public WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (once && (monitor || output.isDaemon())) {
      throw refused("--once and --monitor do not go together");
    }
    ignored.check(paths.isRecursive());
    boolean isGitIgnoring = git.isOn(paths.isRecursive());
    EventFormat format = formats.chosen(console);
    PathSelection wanted = selection.paths();
    try {
      paths.read(System.in);
      TreeOptions options = paths.options(ignored.patterns(), isGitIgnoring, ofAll());
      if (output.isDaemon() && !Daemon.isBackground()) {
        List<String> args = spec.root().commandLine().getParseResult().originalArgs();
        return Daemon.start(console, args, paths.input(), output.isQuiet());
      }
      output.redirect(console);
      if (!output.isQuiet()) {
        selection.warn(console);
      }
      EventOutput events =
          new EventOutput(selection.asked(), wanted, format, console, once, output.isSilent());
      return watch(options, events);
    } catch (IOException | UnsupportedOperationException e) {
      console.error(String.valueOf(e.getMessage()));
      return ExitCode.ERROR;
    } catch (InterruptedException e) {
      return ExitCode.ERROR;
    }
  }

  private int watch(TreeOptions options, EventOutput events)
      throws IOException, InterruptedException {
    return options.isPlain() && areDirectories(options)
        ? watchDirectories(events)
        : watchByService(options, events);
  }

  private boolean areDirectories(TreeOptions options) {
    for (byte[] path : paths.watched()) {
      if (!Files.isDirectory(PathNames.path(path), options.links(path))) {
        return false;
      }
    }
    return true;
  }

  private int watchDirectories(EventOutput events) throws IOException {
    try (INotify inotify = INotify.open()) {
      WatchedPaths watched = new WatchedPaths();
      for (byte[] path : paths.watched()) {
        watched.add(inotify, path, mask());
      }
      sayWatching(Amount.of(watched.size(), "path", "paths"));
      return new EventLoop(inotify, watched, events, output.isQuiet()).run(timeout);
    }
  }

  private int watchByService(TreeOptions options, EventOutput events)
      throws IOException, InterruptedException {
    try (INotifyWatchService service = INotifyWatchService.open()) {
      Roots roots = new Roots(service, selection.asked(), options);
      if (selection.isOfAll()) {
        roots.passOverLooks(!options.ofAll().isEmpty());
      }
      paths.addTo(roots, console, output.isQuiet());
      sayWatching(
          paths.isRecursive()
              ? watchedBy(roots)
              : Amount.of(paths.watched().size(), "path", "paths"));
      return new ServiceLoop(service, roots, events, console).run(timeout, output.isQuiet());
    }
  }

  private static String watchedBy(Roots roots) {
    int directories = roots.watchesOfDirectories();
    List<String> counts = new ArrayList<>();
    if (directories > 0) {
      counts.add(Amount.of(directories, "directory", "directories"));
    }
    if (roots.files() > 0) {
      counts.add(Amount.of(roots.files(), "file", "files"));
    }
    return String.join(" and ", counts);
  }

  private void sayWatching(String what) throws IOException {
    output.watching(console);
    if (!output.isQuiet()) {
      console.message("Watching " + what + (output.isDaemon() ? "." : "; Ctrl-C ends."));
    }
  }

  /** The modifiers of whatever is watched. */
  private List<WatchEvent.Modifier> ofAll() {
    List<WatchEvent.Modifier> modifiers = new ArrayList<>();
    if (initial) {
      modifiers.add(INotifyModifiers.INITIAL);
    }
    if (rescan) {
      modifiers.add(INotifyModifiers.RESCAN);
    }
    if (poll != null) {
      if (poll.isZero()) {
        throw refused("--poll: the time between two looks must be more than 0 seconds");
      }
      modifiers.add(INotifyModifiers.poll(poll));
    }
    return modifiers;
  }

  /** The mask for the kernel, which tells UNMOUNT unasked and wants to be asked for something. */
  private int mask() {
    int mask = selection.asked() & Mask.ALL_EVENTS;
    return (mask == 0 ? Flag.DELETE_SELF.bit() : mask)
        | (paths.followsLinks() ? 0 : Flag.DONT_FOLLOW.bit());
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
