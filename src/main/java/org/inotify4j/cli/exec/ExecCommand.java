package org.inotify4j.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.inotify4j.cli.base.RawArguments.bytes;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.inotify4j.base.Escaping;
import org.inotify4j.changes.Change;
import org.inotify4j.changes.PathWatcher;
import org.inotify4j.changes.Problem;
import org.inotify4j.changes.WatcherBuilder;
import org.inotify4j.cli.base.Amount;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.Reasons;
import org.inotify4j.cli.options.DurationConverter;
import org.inotify4j.cli.options.HelpOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code exec}: runs a command of the user's whenever something has changed. */
@Command(
    name = "exec",
    description = "Runs a command when something has changed, until Ctrl-C.",
    exitCodeOnInvalidInput = ExitCode.ERROR,
    customSynopsis = "inotify4j exec [OPTION]... PATH... -- COMMAND [ARGUMENT]...",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "The command runs once for each batch of changes, and never twice at a time: what changes",
      "while it runs is the next batch. What it writes itself is a change, too: leave that out",
      "with --exclude, or it runs for ever. It has in its environment",
      "  INOTIFY4J_PATHS  the paths that changed, one a line, deleted ones too; of what was moved",
      "                   the old one and the new one; as many as fit into 24 KiB",
      "  INOTIFY4J_COUNT  how many there are; --stdin gives the command all of them",
      "Paths begin with PATH as it was given, and are the bytes that they are: one that has a",
      "newline in it is told from two by -0 only. How a command failed is said, and the next",
      "change runs it again; one that cannot be started the first time is an error. One without a",
      "slash in its name must be in a directory of PATH from the start.",
      "",
      "Exit codes: 1 an error, 127 no such COMMAND in PATH, 130 Ctrl-C, 143 SIGTERM. The last two",
      "end the command as well, and what it has started: SIGTERM, and after 5 seconds SIGKILL.",
      "",
      "Examples:",
      "  inotify4j exec -r src -- make",
      "  inotify4j exec -r . --restart --include '*.py' -- python3 server.py",
      "  inotify4j exec inbox --finished --stdin -0 -- xargs -0 ./import"
    })
public final class ExecCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofSeconds(1);

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Directories, whose entries are watched, and files: such a PATH need not be there yet."
              + " After '--' the command with its arguments.")
  private List<String> words = List.of();

  @Option(
      names = {"-r", "--recursive"},
      description =
          "Watch directories with everything below them; a PATH that is not there yet is a"
              + " directory then.")
  private boolean recursive;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "A batch is complete when nothing has changed for so long (default: 200ms), or after ten"
              + " times that, and a second at least. Units: ms, s, m, h.")
  private Duration settle = Duration.ofMillis(200);

  @Option(
      names = "--restart",
      description =
          "Start the command at once, and after each batch end it (SIGTERM, and after 5 seconds"
              + " SIGKILL) and start it anew.")
  private boolean restart;

  @Option(
      names = "--finished",
      description =
          "A file has changed when all who wrote to it have closed it, or it was moved there.")
  private boolean finished;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only files that match; several times for more. As of --exclude.")
  private List<String> inclusions = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "Not what matches, nor what is below it; several times for more. A GLOB is a line as of a"
              + " .gitignore in PATH: '*.tmp' and 'target/' (a directory) anywhere, '/target' in"
              + " PATH itself, 'docs/*.html' as a whole path.")
  private List<String> exclusions = List.of();

  @Option(
      names = "--gitignore",
      description =
          "Not what git leaves out: .git, and what each .gitignore and .git/info/exclude say, also"
              + " when they change.")
  private boolean gitIgnore;

  @Option(names = "--stdin", description = "The paths on standard input too, one a line.")
  private boolean stdin;

  @Option(
      names = {"-0", "--null"},
      description = "With --stdin: a NUL after each path, and no newline.")
  private boolean nul;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no messages but errors.")
  private boolean quiet;

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Map<Path, byte[]> spellings = new HashMap<>();

  /** One that prints to a console. */
  public ExecCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (nul && !stdin) {
      throw wrong("-0 goes with --stdin only");
    }
    int split = words.size() - wordsOfCommand();
    List<String> command = words.subList(split, words.size());
    CommandLauncher launcher = new CommandLauncher(command, input());
    try {
      WatcherBuilder builder = described(words.subList(0, split));
      if (launcher.isNowhere(System.getenv("PATH"))) {
        console.error("cannot start " + launcher.name() + ": it is in no directory of PATH");
        return ExitCode.NO_COMMAND;
      }
      return watch(builder, new CommandRuns(launcher, console, quiet));
    } catch (IOException e) {
      console.error(String.valueOf(e.getMessage()));
      return ExitCode.ERROR;
    }
  }

  private int watch(WatcherBuilder builder, CommandRuns runs) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endQuietly(runs), "inotify4j-end"));
    try (PathWatcher watcher = builder.start(batch -> changed(batch, runs))) {
      sayWatching(spellings.size());
      if (restart && watcher.isOpen()) {
        runs.restart(ChangedPaths.NONE);
      }
      int code = exitCode.get();
      runs.end();
      return code;
    } catch (FileSystemException e) {
      console.error(String.valueOf(Reasons.notWatched(spelled(e), e).getMessage()));
    } catch (IOException | UnsupportedOperationException e) {
      console.error(String.valueOf(e.getMessage()));
    } catch (InterruptedException | ExecutionException e) {
      console.error(e.toString());
    }
    return ExitCode.ERROR;
  }

  /** The file that an exception names, as the user has spelled it, if the user has. */
  private byte[] spelled(FileSystemException e) {
    String file = String.valueOf(e.getFile());
    for (Map.Entry<Path, byte[]> root : spellings.entrySet()) {
      Path path = root.getKey();
      if (file.equals(path.toString()) || file.equals(path.toAbsolutePath().toString())) {
        return root.getValue();
      }
    }
    return file.getBytes(UTF_8);
  }

  /** How many of the words stand after the first "--". */
  private int wordsOfCommand() {
    List<String> all = spec.commandLine().getParseResult().originalArgs();
    int end = all.indexOf("--");
    int count = end < 0 ? 0 : all.size() - end - 1;
    if (count == 0 || count >= words.size()) {
      throw wrong("PATH... -- COMMAND are needed");
    }
    return count;
  }

  private static void endQuietly(CommandRuns runs) {
    try {
      runs.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CommandLauncher.Input input() {
    if (!stdin) {
      return CommandLauncher.Input.INHERITED;
    }
    return nul ? CommandLauncher.Input.NULS : CommandLauncher.Input.LINES;
  }

  private WatcherBuilder described(List<String> paths) throws IOException {
    WatcherBuilder builder = null;
    for (String spelled : paths) {
      PathNames.checkName(bytes(spelled));
      Path path = PathNames.path(bytes(spelled));
      byte[] first = spellings.putIfAbsent(path, bytes(spelled));
      builder = first == null ? added(builder, path) : builder;
    }
    Objects.requireNonNull(builder, "no path");
    inclusions.forEach(pattern("--include", builder::include));
    exclusions.forEach(pattern("--exclude", builder::exclude));
    if (finished) {
      builder.finishedOnly();
    }
    if (gitIgnore) {
      builder.gitIgnore();
    }
    Duration longest = settle.multipliedBy(10);
    return builder
        .settle(settle, longest.compareTo(LONGEST) > 0 ? longest : LONGEST)
        .onError(this::sayProblem);
  }

  private WatcherBuilder added(@Nullable WatcherBuilder builder, Path path) {
    boolean isDirectory = Files.isDirectory(path) || (recursive && !Files.exists(path));
    try {
      if (!isDirectory) {
        return builder == null ? PathWatcher.file(path) : builder.andFile(path);
      }
      if (recursive) {
        return builder == null ? PathWatcher.of(path) : builder.and(path);
      }
      return builder == null ? PathWatcher.directory(path) : builder.andDirectory(path);
    } catch (IllegalArgumentException e) {
      throw wrong("there is no file of such a name: " + RawArguments.latin1(path.toString()));
    }
  }

  private Consumer<String> pattern(String option, Consumer<String> taker) {
    return glob -> {
      try {
        taker.accept(RawArguments.text(glob));
      } catch (IllegalArgumentException e) {
        throw wrong(RawArguments.latin1(option + ": " + e.getMessage()));
      }
    };
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void sayWatching(int paths) {
    if (!quiet) {
      console.message("Watching " + Amount.of(paths, "path", "paths") + "; Ctrl-C ends.");
    }
  }

  private void changed(List<Change> batch, CommandRuns runs) throws InterruptedException {
    ChangedPaths paths = ChangedPaths.of(batch, spellings);
    try {
      if (restart) {
        runs.restart(paths);
      } else {
        runs.run(paths);
      }
    } catch (IOException e) {
      console.error(String.valueOf(e.getMessage()));
      exitCode.complete(ExitCode.ERROR);
    }
  }

  private void sayProblem(Problem problem) {
    if (problem.kind() != Problem.Kind.ROOT_BACK) {
      String path = Escaping.escape(PathNames.bytes(problem.path()));
      console.error(path + ": " + Escaping.escape(problem.reason()));
    }
    if (problem.kind() == Problem.Kind.ENDED) {
      exitCode.complete(ExitCode.ERROR);
    }
  }
}
