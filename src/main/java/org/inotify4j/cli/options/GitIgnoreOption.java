package org.inotify4j.cli.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that leaves out of a tree what git does. */
public final class GitIgnoreOption {

  @Option(
      names = "--gitignore",
      description =
          "Leave out of a tree what git does, at no cost: .git, and what each"
              + " .gitignore in it and .git/info/exclude say. They are read once, each when its"
              + " directory is first seen: for what they say later, start anew.")
  private boolean isOn;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Whether it is given; refuses it where no tree is watched. */
  public boolean isOn(boolean isRecursive) {
    if (isOn && !isRecursive) {
      throw new ParameterException(spec.commandLine(), "--gitignore goes with -r only");
    }
    return isOn;
  }
}
