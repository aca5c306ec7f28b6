package org.inotify4j.cli.exec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.inotify4j.base.Escaping;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * Starts the user's command with the paths that changed.
 *
 * <p>Java gives a process only what the locale's encoding can say. So where there is a byte that is
 * not ASCII, a shell is started in place of the command, which makes the bytes out of a script that
 * is ASCII, and becomes the command.
 */
final class CommandLauncher {

  /** The kernel's reason in what Java says: "error=2, text", or "error: 2 (text)" from 25 on. */
  private static final Pattern REASON =
      Pattern.compile("error[=:] ?[0-9]+(?:, | \\()(.*?)\\)?\\s*$", Pattern.DOTALL);

  /** The variable with the paths, and that with their number. */
  static final String PATHS = "INOTIFY4J_PATHS";

  static final String COUNT = "INOTIFY4J_COUNT";

  /** The kernel takes 128 KiB for one string; the script has up to four bytes for one. */
  private static final int ROOM = 24 * 1024;

  /** How the paths reach standard input. */
  enum Input {
    /** Not at all: the command has that of the tool. */
    INHERITED,

    /** One a line. */
    LINES,

    /** With a NUL after each. */
    NULS
  }

  /** A char a byte. */
  private final List<String> command;

  private final Input input;

  CommandLauncher(List<String> command, Input input) {
    this.command = List.copyOf(command);
    this.input = input;
  }

  /** The command's name for people. */
  String name() {
    return RawArguments.escapedForPeople(command.get(0));
  }

  /**
   * Whether the command certainly cannot be found: its name is in no directory of PATH. One with a
   * slash in it may come with the first change, and so may what is searched in the working
   * directory.
   *
   * @param searched what PATH says; null if it is not set, when the system has directories of its
   *     own
   */
  boolean isNowhere(@Nullable String searched) {
    String name = command.get(0);
    if (name.indexOf('/') >= 0 || searched == null || !isAscii(searched)) {
      return false;
    }
    // Not "does not exist": of what is behind a directory that may not be searched nobody knows.
    return Stream.of(searched.split(":", -1))
        .allMatch(
            directory ->
                directory.startsWith("/")
                    && Files.notExists(PathNames.path(RawArguments.bytes(directory + "/" + name))));
  }

  /**
   * Starts the command.
   *
   * @throws IOException if there is no such command, or it cannot be started; its message is for
   *     the user
   */
  Process start(ChangedPaths paths) throws IOException {
    String lines = new String(paths.lines(ROOM), ISO_8859_1);
    boolean isAscii = isAscii(lines) && command.stream().allMatch(CommandLauncher::isAscii);
    ProcessBuilder builder =
        new ProcessBuilder(isAscii ? command : List.of("/bin/sh", "-c", script(lines)));
    builder.inheritIO();
    builder.environment().put(PATHS, isAscii ? lines : "");
    builder.environment().put(COUNT, String.valueOf(paths.count()));
    if (input == Input.INHERITED) {
      return start(builder);
    }
    // A file has room for all, and the command need not read it; open, it needs no name.
    Path file = temporaryFile();
    try {
      write(file, paths.terminatedBy(input == Input.LINES ? '\n' : 0));
      return start(builder.redirectInput(Redirect.from(new File(file.toString()))));
    } finally {
      Files.delete(file);
    }
  }

  private Path temporaryFile() throws IOException {
    try {
      return Files.createTempFile("inotify4j", ".paths");
    } catch (FileSystemException e) {
      throw notStarted(Reasons.ofNamed(e), e);
    }
  }

  private void write(Path file, byte[] paths) throws IOException {
    try {
      Files.write(file, paths);
    } catch (IOException e) {
      throw notStarted(Escaping.escape(file + ": " + Reasons.of(e)), e);
    }
  }

  private Process start(ProcessBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      String whole = String.valueOf(e.getMessage());
      Matcher reason = REASON.matcher(whole);
      throw notStarted(reason.find() ? reason.group(1) : whole, e);
    }
  }

  private IOException notStarted(String why, IOException cause) {
    return new IOException("cannot start " + name() + ": " + why, cause);
  }

  private String script(String lines) {
    List<String> script = new ArrayList<>();
    script.add(assign(PATHS, lines));
    script.add("export " + PATHS);
    script.add("set --");
    for (String argument : command) {
      script.add(assign("argument", argument));
      script.add("set -- \"$@\" \"$argument\"");
    }
    script.add("unset argument");
    script.add("exec \"$@\"");
    return String.join("\n", script);
  }

  /** The point keeps the newlines at the end, which the shell would take off. */
  private static String assign(String name, String bytes) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      char each = bytes.charAt(i);
      boolean isPlain =
          each < 0x80 && (Character.isLetterOrDigit(each) || "/._-".indexOf(each) >= 0);
      escaped.append(isPlain ? String.valueOf(each) : String.format("\\%03o", (int) each));
    }
    // A minus at the start would be an option.
    return name
        + "=\"$(printf '\\056"
        + escaped
        + ".')\"\n"
        + name
        + "=\"${"
        + name
        + "#.}\"\n"
        + name
        + "=\"${"
        + name
        + "%.}\"";
  }

  private static boolean isAscii(String bytes) {
    return US_ASCII.newEncoder().canEncode(bytes);
  }
}
