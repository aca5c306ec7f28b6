package org.inotify4j.cli.options;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.base.Escaping;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.Progress;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.Reasons;
import org.inotify4j.cli.roots.Roots;
import org.inotify4j.cli.roots.TreeOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options that say which paths are watched, and how far. */
public final class PathOptions {

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = {
        "Directories, whose entries are watched, and files: such a PATH need not be there yet, and"
            + " is watched whatever file comes, goes or is put in its place, also behind links.",
        "@PATH, with -r: leave that out, with all below it. It is spelled as the directory that is"
            + " watched is, and names below that. A PATH that begins with @ is ./@PATH."
      })
  private List<String> arguments = List.of();

  @Option(
      names = "--fromfile",
      paramLabel = "FILE",
      description =
          "Watch the paths in FILE too, and leave out the @PATHs: one a line. '-' is standard"
              + " input.")
  private List<String> fromFiles = List.of();

  @Option(
      names = {"-r", "--recursive"},
      description =
          "Watch directories with all directories below them, also those that come later.")
  private boolean recursive;

  @Option(
      names = {"-P", "--no-dereference"},
      description =
          "Watch a symbolic link itself, not what it points to; with -r not one to a directory.")
  private boolean noDereference;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private final List<byte[]> watched = new ArrayList<>();
  private final List<byte[]> excluded = new ArrayList<>();

  /** What was read of standard input. */
  private byte[] input = {};

  /**
   * Reads the paths, those of the file first.
   *
   * @throws IOException if the file cannot be read; the message is for the user
   */
  public void read(InputStream standardInput) throws IOException {
    if (fromFiles.size() > 1) {
      throw new ParameterException(spec.commandLine(), "--fromfile goes once only");
    }
    for (String fromFile : fromFiles) {
      for (String line : lines(fromFile, standardInput).split("\n", -1)) {
        if (!line.isEmpty()) {
          add(line);
        }
      }
    }
    for (String argument : arguments) {
      add(argument);
    }
    if (watched.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "no PATH to watch");
    }
    for (byte[] path : watched) {
      PathNames.checkName(path);
    }
  }

  private String lines(String file, InputStream standardInput) throws IOException {
    if (!file.equals("-")) {
      return new String(readFile("--fromfile", file), ISO_8859_1);
    }
    input = standardInput.readAllBytes();
    return new String(input, ISO_8859_1);
  }

  /** The bytes of a file that an option names. */
  static byte[] readFile(String option, String file) throws IOException {
    try {
      return Files.readAllBytes(PathNames.path(RawArguments.bytes(file)));
    } catch (IOException e) {
      throw Reasons.refused(option + ": cannot read", file, e);
    }
  }

  private void add(String path) {
    if (!path.startsWith("@")) {
      watched.add(RawArguments.bytes(path));
    } else if (path.length() > 1) {
      excluded.add(RawArguments.bytes(path.substring(1)));
    }
  }

  /** The paths to watch. */
  public List<byte[]> watched() {
    return List.copyOf(watched);
  }

  /** What {@link #read} took from standard input. */
  public byte[] input() {
    return input;
  }

  /**
   * How they are watched.
   *
   * @param ignored patterns of what is left out of trees
   * @param isGitIgnoring whether what git leaves out is left out of them, too
   * @param ofAll the modifiers of whatever is watched
   */
  public TreeOptions options(
      List<byte[]> ignored, boolean isGitIgnoring, List<WatchEvent.Modifier> ofAll) {
    return new TreeOptions(
        recursive, followsLinks(), ignored, isGitIgnoring, List.copyOf(excluded), ofAll);
  }

  /**
   * Has all of them watched, and shows how far that is.
   *
   * @param quiet whether neither that is shown nor said which of them are not there yet
   * @throws IOException if that is not possible; its message is for the user
   */
  public void addTo(Roots roots, Console console, boolean quiet) throws IOException {
    Progress progress = Progress.start(console, roots::watches, quiet);
    List<byte[]> missing;
    try {
      missing = roots.addAll(watched());
    } finally {
      progress.end();
    }
    if (!quiet) {
      sayMissing(console, missing);
    }
  }

  /** Says of paths that there is nothing yet. */
  private void sayMissing(Console console, List<byte[]> missing) {
    String below = recursive ? "; should a directory come, what is in it is not told" : "";
    for (byte[] path : missing) {
      console.message(Escaping.escape(path) + ": not there yet" + below);
    }
  }

  /** Whether directories are watched with all that is below them. */
  public boolean isRecursive() {
    return recursive;
  }

  /** Whether a link at the end of a path stands for what it points to. */
  public boolean followsLinks() {
    return !noDereference;
  }
}
