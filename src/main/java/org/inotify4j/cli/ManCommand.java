package org.inotify4j.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.options.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code man}. */
@Command(
    name = "man",
    description = "Prints the manual page, as roff: | man -l -, or into man1/inotify4j.1.",
    exitCodeOnInvalidInput = ExitCode.ERROR,
    customSynopsis = "inotify4j man",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class ManCommand implements Callable<Integer> {

  @Mixin
  @SuppressWarnings("unused") // picocli acts on it
  private HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  ManCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    String page = ManPage.of(spec.root(), new VersionProvider().getVersion()[0]);
    return console.printAll(page);
  }
}
