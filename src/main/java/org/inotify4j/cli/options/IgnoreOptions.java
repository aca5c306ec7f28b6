package org.inotify4j.cli.options;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.watch.INotifyModifiers;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that leave entries out of a tree by patterns of gitignore(5). */
public final class IgnoreOptions {

  @Option(
      names = "--ignore",
      paramLabel = "PATTERN",
      description =
          "Leave out of a tree what matches, with all below it, at the cost of nothing; several"
              + " times for more. A PATTERN is a line as of a .gitignore in PATH: '*.tmp' and"
              + " 'target/' (a directory) anywhere, '/target' in PATH itself, 'docs/*.html' as a"
              + " whole path.")
  private List<String> patterns = List.of();

  @Option(
      names = "--ignore-file",
      paramLabel = "FILE",
      description = "The same for each line of FILE, as if it were the .gitignore of PATH.")
  private List<String> files = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Refuses them where no tree is watched. */
  public void check(boolean isRecursive) {
    if (!isRecursive && !(patterns.isEmpty() && files.isEmpty())) {
      throw refused("--ignore goes with -r only");
    }
  }

  /**
   * The patterns, those of files first: what is said on the command line decides.
   *
   * @throws IOException if a file cannot be read; the message is for the user
   */
  public List<byte[]> patterns() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (String file : files) {
      addLines(file, all);
    }
    for (String pattern : patterns) {
      if (all.isEmpty() && pattern.startsWith("!")) {
        throw refused(
            "--ignore: the pattern '"
                + pattern
                + "' takes back what others exclude: it must come after one of these");
      }
      check("--ignore: ", pattern);
      all.add(RawArguments.bytes(pattern));
    }
    return all;
  }

  private void addLines(String file, List<byte[]> all) throws IOException {
    String text = RawArguments.latin1(PathOptions.readFile("--ignore-file", file));
    String[] lines = text.split("\r?\n", -1);
    for (int i = 0; i < lines.length; i++) {
      // The byte order mark of UTF-8.
      String line =
          i == 0 && lines[i].startsWith("\u00EF\u00BB\u00BF") ? lines[i].substring(3) : lines[i];
      boolean takesNothingBack = all.isEmpty() && line.startsWith("!");
      if (!line.isBlank() && !line.startsWith("#") && !takesNothingBack) {
        check("--ignore-file: " + file + ", line " + (i + 1) + ": ", line);
        all.add(RawArguments.bytes(line));
      }
    }
  }

  private void check(String where, String pattern) {
    try {
      INotifyModifiers.exclude(RawArguments.bytes(pattern));
    } catch (IllegalArgumentException e) {
      throw refused(where + RawArguments.latin1(String.valueOf(e.getMessage())));
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
