package org.inotify4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.options.HelpOption;
import org.inotify4j.cli.watch.Daemon;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command's entry: hands the arguments to picocli, and its verdict to the operating system. */
@Command(
    name = "inotify4j",
    description = "Shows what happens to files on Linux, as the kernel reports it: inotify(7).",
    versionProvider = VersionProvider.class,
    exitCodeOnInvalidInput = ExitCode.ERROR,
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "inotify4j watch [OPTION]... PATH...",
      "       inotify4j exec [OPTION]... PATH... -- COMMAND [ARGUMENT]...",
      "       inotify4j stats [OPTION]... PATH...",
      "       inotify4j snapshot save|diff [OPTION]... PATH FILE",
      "       inotify4j doctor [OPTION]... [PATH]...",
      "       inotify4j man|completion"
    },
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footer = {"", "'inotify4j watch --help' says more, and so for each of them."})
public final class Main implements Runnable {

  /** How many characters a line of the help has at most. */
  static final int HELP_WIDTH = 90;

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  @Option(
      names = "--version",
      versionHelp = true,
      description = "Print the version, the Java and the native layer in use, and end.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /**
   * Runs the command, and ends the JVM with its exit code: of {@code watch} 0 an event, 1 an error,
   * 2 a timeout; of {@code snapshot diff} 0 nothing differs, 1 something does, 2 an error; of
   * {@code doctor} 0 all is well, 1 something is wrong, 2 an error.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    Console console = Console.ofProcess();
    Runtime.getRuntime().addShutdownHook(new Thread(console::finish, "inotify4j-finish"));
    String[] exact = exact(console, args);
    Commands.setProperties();
    Commands.loadAhead(exact);
    System.exit(run(console, exact));
  }

  private static String[] exact(Console console, String[] args) {
    if (!Daemon.isBackground()) {
      return RawArguments.latin1(args, Path.of("/proc/self/cmdline"));
    }
    try {
      return Daemon.arguments(System.in);
    } catch (IOException e) {
      console.error("the arguments of the background were not handed over: " + e.getMessage());
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the command.
   *
   * @param args the command line as {@link RawArguments} gives it
   * @return the exit code
   */
  static int run(Console console, String... args) {
    Commands commands = new Commands(console);
    StringWriter help = new StringWriter();
    CommandLine commandLine = new CommandLine(new Main(), commands);
    commands.addTo(commandLine, args);
    commandLine
        .setOut(new PrintWriter(help))
        .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true) // The last one counts, as with most commands.
        .setParameterExceptionHandler((e, arguments) -> refuse(console, e))
        .setExecutionExceptionHandler(
            (e, where, parsed) -> {
              console.error("unexpected failure: " + e);
              return where.getCommandSpec().exitCodeOnInvalidInput();
            });
    int exitCode = commandLine.execute(OptionalValues.attach(args));
    try {
      if (help.getBuffer().length() > 0) {
        console.print(List.of(help.toString()));
      }
      return exitCode;
    } catch (IOException e) {
      console.error(String.valueOf(e.getMessage()));
      return ExitCode.ERROR;
    }
  }

  /** Without a subcommand: there is nothing to do, but to say what there is. */
  @Override
  public void run() {
    throw new MissingCommandException(spec.commandLine());
  }

  private static int refuse(Console console, ParameterException e) {
    if (e instanceof MissingCommandException) {
      console.message(e.getCommandLine().getUsageMessage().stripTrailing());
    } else {
      console.error(
          RawArguments.lineForPeople(reason(e))
              + "; '"
              + e.getCommandLine().getCommandSpec().qualifiedName()
              + " --help' says what there is");
    }
    return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String reason(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched
        && !e.getCommandLine().getSubcommands().isEmpty()
        && !unmatched.getUnmatched().get(0).startsWith("-")) {
      return "no such command: '" + unmatched.getUnmatched().get(0) + "'";
    }
    return String.valueOf(e.getMessage());
  }

  /** Says that no subcommand was given. */
  private static final class MissingCommandException extends ParameterException {
    private static final long serialVersionUID = 1L;

    MissingCommandException(CommandLine commandLine) {
      super(commandLine, "no command");
    }
  }
}
