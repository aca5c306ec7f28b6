package org.inotify4j.cli.options;

import picocli.CommandLine.Option;

/** The option that prints the help, which each command has. */
public final class HelpOption {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean isAsked;
}
