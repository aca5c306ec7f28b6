package org.inotify4j.cli;

import static org.inotify4j.cli.RawArguments.bytes;

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
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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
      "IGNORED (a watch is gone), Q_OVERFLOW (events were lost) and UNMOUNT are always printed,",
      "and with --initial EXISTS and READY.",
      "",
      "Format (--format):",
      "  %%w  the watched path, with a slash at the end of a directory's",
      "  %%f  the entry of the watched directory; empty for the watched path itself",
      "  %%e  the events, with commas between them; %%Xe: with X between them",
      "  %%c  the cookie, the same number for the two halves of a move, hexadecimal",
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
final class WatchCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Directories, whose entries are watched, and files: such a PATH need not be there yet, and"
              + " is watched whatever file comes, goes or is put in its place, also behind links.")
  private List<String> paths = List.of();

  @Option(
      names = {"-r", "--recursive"},
      description =
          "Watch directories with all directories below them, also those that come later.")
  private boolean recursive;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description =
          "With -r: neither watch nor print what matches, nor what is below it; several times for"
              + " more. A PATTERN is a line as of a .gitignore in PATH: '*.tmp' and 'target/' (a"
              + " directory) anywhere, '/target' in PATH itself, 'docs/*.html' as a whole path.")
  private List<String> exclusions = List.of();

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
          "Look for changes every so often as well (default: 2), for what other machines do to"
              + " network file systems. Where a whole tree or a file is on one of these that is done"
              + " anyway.")
  private @Nullable Duration poll;

  @Option(
      names = {"-e", "--event"},
      paramLabel = "EVENT",
      split = ",",
      converter = EventNames.class,
      description =
          "Print this event; with commas or several times for more of them (default: all).")
  private List<Integer> events = List.of();

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      converter = TimeoutConverter.class,
      description = "End where no event comes for so long, fractions allowed (0: never).")
  private Duration timeout = Duration.ZERO;

  @Option(names = "--once", description = "End after one event.")
  private boolean once;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no messages but errors.")
  private boolean quiet;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Print events so, each in a line (default: '%%w %%e %%f').")
  private @Nullable String format;

  @Option(names = "--no-newline", description = "With --format: no newline after an event.")
  private boolean noNewline;

  @Option(
      names = "--json",
      description =
          "Print events as JSON, one object a line; a name that is not UTF-8 as base64 too.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    EventFormat chosen = chosenFormat();
    int asked = events.stream().reduce(0, (some, more) -> some | more);
    if (asked == 0) {
      asked = Mask.ALL_EVENTS | Flag.UNMOUNT.bit();
    }
    List<WatchEvent.Modifier> ofAll = ofAll();
    List<WatchEvent.Modifier> ofDirectories = ofDirectories();
    ofDirectories.addAll(ofAll);
    try {
      boolean areDirectories =
          paths.stream().allMatch(path -> Files.isDirectory(PathNames.path(bytes(path))));
      return recursive || !ofAll.isEmpty() || !areDirectories
          ? watchByService(asked, ofDirectories, ofAll, chosen)
          : watch(asked, chosen);
    } catch (IOException | UnsupportedOperationException e) {
      console.error(String.valueOf(e.getMessage()));
      return ExitCode.ERROR;
    } catch (InterruptedException e) {
      return ExitCode.ERROR;
    }
  }

  private int watch(int asked, EventFormat chosen) throws IOException {
    try (INotify inotify = INotify.open()) {
      WatchedPaths watched = new WatchedPaths();
      for (String path : paths) {
        watched.add(inotify, bytes(path), mask(asked));
      }
      if (!quiet) {
        sayWatching(count(watched.size(), "path", "paths"));
      }
      return new EventLoop(inotify, watched, asked, chosen, console, timeout, once, quiet).run();
    }
  }

  private int watchByService(
      int asked,
      List<WatchEvent.Modifier> ofDirectories,
      List<WatchEvent.Modifier> ofFiles,
      EventFormat chosen)
      throws IOException, InterruptedException {
    try (INotifyWatchService service = INotifyWatchService.open()) {
      ServiceLoop loop = new ServiceLoop(service, asked, chosen, console);
      Progress progress = Progress.start(console, service::watchCount, quiet);
      List<String> missing = new ArrayList<>();
      try {
        for (String path : paths) {
          if (!loop.add(bytes(path), ofDirectories, ofFiles)) {
            missing.add(path);
          }
        }
      } finally {
        progress.end();
      }
      if (!quiet) {
        missing.forEach(path -> console.message(Escaping.escape(bytes(path)) + ": not there yet"));
        if (recursive) {
          sayWatching(
              count(loop.watchesOfDirectories(), "directory", "directories")
                  + (loop.files() == 0 ? "" : " and " + count(loop.files(), "file", "files")));
        } else {
          sayWatching(count(paths.size(), "path", "paths"));
        }
      }
      return loop.run(timeout, once, quiet);
    }
  }

  private void sayWatching(String what) {
    console.message("Watching " + what + "; Ctrl-C ends.");
  }

  private static String count(int count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
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
        throw new ParameterException(
            spec.commandLine(), "--poll: the time between two looks must be more than 0 seconds");
      }
      modifiers.add(INotifyModifiers.poll(poll));
    }
    return modifiers;
  }

  private List<WatchEvent.Modifier> ofDirectories() {
    if (!recursive && !exclusions.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--exclude goes with -r only");
    }
    List<WatchEvent.Modifier> modifiers = new ArrayList<>();
    if (recursive) {
      modifiers.add(INotifyModifiers.RECURSIVE);
    }
    for (String glob : exclusions) {
      try {
        modifiers.add(INotifyModifiers.exclude(RawArguments.bytes(glob)));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--exclude: " + e.getMessage(), e);
      }
    }
    return modifiers;
  }

  /** The mask for the kernel, which tells UNMOUNT unasked and wants to be asked for something. */
  private static int mask(int asked) {
    int mask = asked & Mask.ALL_EVENTS;
    return mask == 0 ? Flag.DELETE_SELF.bit() : mask;
  }

  private EventFormat chosenFormat() {
    if (json) {
      if (format != null || noNewline) {
        throw new ParameterException(
            spec.commandLine(),
            "--json has a format of its own: --format and --no-newline do not go with it");
      }
      return new JsonFormat();
    }
    if (format == null && noNewline) {
      throw new ParameterException(spec.commandLine(), "--no-newline goes with --format only");
    }
    try {
      String text = format == null ? TextFormat.DEFAULT : RawArguments.text(format);
      return TextFormat.of(text, noNewline ? "" : "\n");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), RawArguments.latin1("--format: " + e.getMessage()), e);
    }
  }
}
