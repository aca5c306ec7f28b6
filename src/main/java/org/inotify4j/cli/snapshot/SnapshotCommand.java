package org.inotify4j.cli.snapshot;

import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.options.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code snapshot}, which has two of its own. */
@Command(
    name = "snapshot",
    description =
        "Keeps what is in a directory and below it in a file, and tells what changed since.",
    subcommands = {SnapshotSaveCommand.class, SnapshotDiffCommand.class},
    exitCodeOnInvalidInput = ExitCode.TROUBLE,
    customSynopsis = {
      "inotify4j snapshot save [OPTION]... PATH FILE",
      "       inotify4j snapshot diff [OPTION]... PATH FILE"
    },
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Exit codes: 0 saved, or nothing differs; 1 something differs; 2 an error.",
      "",
      "Example: tell what a script does to a directory",
      "  inotify4j snapshot save /etc /tmp/etc.before",
      "  ./script",
      "  inotify4j snapshot diff /etc /tmp/etc.before"
    })
public final class SnapshotCommand implements Runnable {

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand: there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "save or diff?");
  }
}
