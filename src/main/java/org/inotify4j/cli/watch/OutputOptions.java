package org.inotify4j.cli.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.Reasons;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where events and messages go, and how many of them. */
final class OutputOptions {

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no messages but errors; twice (-qq): no events either.")
  private boolean[] quiet = {};

  @Option(
      names = {"-o", "--outfile"},
      paramLabel = "FILE",
      description = "Print events at the end of FILE, not to standard output.")
  private List<String> outFiles = List.of();

  @Option(
      names = {"-s", "--syslog"},
      description = "Say messages and errors to the system log, by logger(1).")
  private boolean syslog;

  @Option(
      names = {"-d", "--daemon"},
      description =
          "Go on in the background, and end here when it watches. Wants -o, and means -s; the"
              + " working directory stays.")
  private boolean daemon;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private @Nullable OutputStream log;

  /** Whether there are no messages but errors. */
  boolean isQuiet() {
    return quiet.length > 0;
  }

  /** Whether there are no events either. */
  boolean isSilent() {
    return quiet.length > 1;
  }

  /** Whether the command is to go on in the background; in the background too. */
  boolean isDaemon() {
    if (daemon && outFiles.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--daemon wants an --outfile");
    }
    if (outFiles.size() > 1) {
      throw new ParameterException(spec.commandLine(), "--outfile goes once only");
    }
    return daemon;
  }

  /**
   * Has the console print and speak where that was asked for; in the background it has its terminal
   * until {@link #watching}.
   *
   * @throws IOException if that is not possible; the message is for the user
   */
  void redirect(Console console) throws IOException {
    for (String outFile : outFiles) {
      console.redirectOutput(open(outFile), RawArguments.escapedForPeople(outFile));
    }
    if (syslog || daemon) {
      OutputStream opened = Syslog.open();
      log = opened;
      if (!daemon) {
        console.redirectMessages(opened);
      }
    }
  }

  private static OutputStream open(String file) throws IOException {
    Path path = PathNames.path(RawArguments.bytes(file));
    try {
      return Channels.newOutputStream(
          Files.newByteChannel(
              path,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    } catch (IOException e) {
      throw Reasons.refused("--outfile: cannot write to", file, e);
    }
  }

  /** Leaves the terminal, in the background. */
  void watching(Console console) throws IOException {
    if (daemon && log != null) {
      console.redirectMessages(log);
      Daemon.detach();
    }
  }
}
