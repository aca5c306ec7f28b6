package org.inotify4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the command prints the same as inotifywait with each event, and with options together. */
class InotifywaitOptionsTest {

  /** No event of it is equal to the one before, also where only one kind is asked for. */
  private static final String EACH_EVENT =
      """
      echo 1 >> file; : > a; head -c 1 file; chmod 700 a; mkdir n; mv a b; rm b; rmdir n
      mv ../d ../e; chmod 700 .; mv ../e ../d
      """;

  private static final List<String> EVENTS =
      List.of(
          "OPEN file",
          "MODIFY file",
          "CLOSE_WRITE,CLOSE file",
          "CREATE a",
          "OPEN a",
          "CLOSE_WRITE,CLOSE a",
          "OPEN file",
          "ACCESS file",
          "CLOSE_NOWRITE,CLOSE file",
          "ATTRIB a",
          "CREATE,ISDIR n",
          "MOVED_FROM a",
          "MOVED_TO b",
          "DELETE b",
          "DELETE,ISDIR n",
          "MOVE_SELF ",
          "ATTRIB,ISDIR ",
          "MOVE_SELF ");

  private static final String IN_ALL = ": > skip/f; mkdir s/f; : > f; rm skip/f; rmdir s/f; rm f";

  @TempDir Path temp;

  @BeforeAll
  static void findIt() throws Exception {
    WatchCase.findInotifywait();
  }

  @BeforeEach
  void makeFiles() throws IOException {
    WatchCase.makeFiles(temp);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access",
        "modify",
        "attrib",
        "close_write",
        "close_nowrite",
        "close",
        "open",
        "moved_from",
        "moved_to",
        "move",
        "move_self,attrib",
        "create",
        "delete",
        "Create,DELETE,open",
      })
  void eachEvent_isPrintedWhereItIsAskedFor(String events) throws Exception {
    List<String> names = List.of(events.toUpperCase(Locale.ROOT).split(","));
    String expected =
        EVENTS.stream()
            .filter(line -> names.stream().anyMatch(name -> isOf(line, name)))
            .map(line -> "{d}/ " + line + "\n")
            .collect(Collectors.joining());
    new WatchCase("-m -e " + events + " {d}", EACH_EVENT, expected).compare(temp);
  }

  private static boolean isOf(String line, String name) {
    List<String> names = List.of(line.substring(0, line.indexOf(' ')).split(","));
    return names.contains(name) || (name.equals("MOVE") && line.startsWith("MOVED_"));
  }

  @Test
  void withoutAnEvent_allArePrinted() throws Exception {
    String expected =
        EVENTS.stream().map(line -> "{d}/ " + line + "\n").collect(Collectors.joining());
    new WatchCase("-m {d}", EACH_EVENT, expected).compare(temp);
  }

  private static Stream<WatchCase> together() {
    String inS = "{d}/s/ CREATE,ISDIR f\n{d}/s/ DELETE,ISDIR f\n";
    String inSkip = "{d}/skip/ CREATE f\n{d}/skip/ DELETE f\n";
    String inD = "{d}/ CREATE f\n{d}/ DELETE f\n";
    return Stream.of(
        new WatchCase("-mr -e create -e delete {d} @{d}/skip @{d}/s", IN_ALL, inD),
        new WatchCase("-m -r -e create,delete {d} @{d} @{t}/none @d/skip", IN_ALL, all()),
        new WatchCase("-m -r -e create,delete @{d}/skip/ {d}/ @", IN_ALL, woven(inS, inD)),
        new WatchCase("-m -e create,delete {d}/s @{d}/s", IN_ALL, inS),
        new WatchCase("-m -r -e create,delete {d} {d}/s", IN_ALL, all()),
        new WatchCase("-m -r -e create,delete {d}/s {d}/skip {d}", IN_ALL, all()),
        new WatchCase("-m -r -e create,delete {d} {d}/ {t}/link", IN_ALL, all()),
        new WatchCase("-m -r -e create,delete {d} {d}/s @{d}/skip", IN_ALL, woven(inS, inD)),
        new WatchCase(
            "-m -r -P -e create,delete {t}/link", IN_ALL, all().replace("{d}", "{t}/link")),
        new WatchCase("-m -P -e create,delete {t}/link/", IN_ALL, inD.replace("{d}", "{t}/link")),
        new WatchCase(
            "-m -r -e create,delete --exclude skip --exclude ^{d}/s/ {d}",
            IN_ALL,
            woven(inSkip, inD)),
        new WatchCase("-m -r -e create,delete --include skip --include ^{d}/s/ {d}", IN_ALL, inS),
        new WatchCase("-m -r -e create,delete --exclude (skip|s)/ {d}", IN_ALL, inD),
        new WatchCase("-m -r -e create --include  {d}", ": > s/x", "{d}/s/ CREATE x\n"),
        new WatchCase("-m -e create --include d/$|b {d}", ": > a; : > b", "{d}/ CREATE b\n"),
        new WatchCase(
            "-m -r -c -e create {d}",
            ": > 's/a,b'; : > 's/ a'; : > 's/a '; : > 's/a\"'; : > \"s/$(printf 'a\\nb')\"; : > s/é",
            """
            {d}/s/,CREATE,"a,b"
            {d}/s/,CREATE," a"
            {d}/s/,CREATE,"a "
            {d}/s/,CREATE,"a"\""
            {d}/s/,CREATE,"a
            b"
            {d}/s/,CREATE,\u00e9
            """),
        new WatchCase(
            "-m -c -m -c -r -r -P -I -P -I -e create {d}", ": > s/x", "{d}/s/,CREATE,x\n"),
        new WatchCase(
            "-m -t 9 -t 60 --timefmt %s --timefmt %% --format %w --format %T|%f -e create {d}",
            ": > x", "%|x\n"),
        new WatchCase(
            "-m --format %e|%:e|%,e|%1e|%%e|%%%e|%we|%fe|%c|%0|\\n -e create {d}",
            "mkdir n",
            "CREATE,ISDIR|CREATE:ISDIR|CREATE,ISDIR|CREATE1ISDIR|%e|%CREATE,ISDIR|{d}/e|ne|0|\0|\\n\n"),
        new WatchCase("-m --format  -e create {d}", "mkdir n; mkdir m", "\n\n"),
        new WatchCase("-m --no-newline --format %f%n%%%w| -e create {d}", ": > x", "x\n%{d}/|"),
        new WatchCase("-m --timefmt %F --format %f -e create {d}", ": > x", "x\n"),
        new WatchCase("-m -ecreate --event=delete -- {d}", ": > f; rm f", inD),
        new WatchCase("--event create {d} -m -e delete", ": > f; rm f", inD),
        new WatchCase("-m -e create {d}//", ": > f", "{d}// CREATE f\n"),
        new WatchCase("-m -t 0 -e create {d}", ": > f", "{d}/ CREATE f\n"));
  }

  private static String all() {
    return """
        {d}/skip/ CREATE f
        {d}/s/ CREATE,ISDIR f
        {d}/ CREATE f
        {d}/skip/ DELETE f
        {d}/s/ DELETE,ISDIR f
        {d}/ DELETE f
        """;
  }

  /** A line of the one, then one of the other. */
  private static String woven(String one, String other) {
    List<String> first = one.lines().toList();
    List<String> second = other.lines().toList();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < first.size(); i++) {
      lines.append(first.get(i)).append('\n').append(second.get(i)).append('\n');
    }
    return lines.toString();
  }

  @ParameterizedTest
  @MethodSource("together")
  void optionsTogether_makeBothPrintTheSame(WatchCase of) throws Exception {
    of.compare(temp);
  }

  @Test
  void paths_areReadFromStandardInput() throws Exception {
    String expected = "{d}/s/ CREATE,ISDIR f\n{d}/ CREATE f\n";
    WatchCase of = new WatchCase("-m -r -e create --fromfile -", IN_ALL, expected);
    of.compare(temp, WatchCase.in("{d}\n\n@{d}/skip", temp));
  }

  @Test
  void aDirectoryThatIsDeleted_isToldAlike_butForTheEndOfItsWatch() throws Exception {
    List<String> arguments = List.of("-m", "-e", "delete_self", temp.resolve("d").toString());
    try (Inotifywait theirs = Inotifywait.start(temp, arguments)) {
      theirs.awaitWatching();
      CommandThread ours = WatchCase.ours(arguments).awaitWatching();
      shell(temp, "rm -r d");
      assertThat(ours.exitCode()).isZero();
      String deleted = temp + "/d/ DELETE_SELF \n";
      await().atMost(CommandThread.PATIENCE).until(() -> theirs.out().equals(deleted));
      assertThat(ours.out()).isEqualTo(deleted + temp + "/d/ IGNORED \n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-e all {d}",
        "-e create|delete {d}",
        "-t 1x {d}",
        "-t  {d}",
        "--exclude a --excludei b {d}",
        "--include a --includei b {d}",
        "-c --no-newline {d}",
        "--timefmt %s -c {d}",
        "--fromfile {t}/none",
        "--fromfile {d}",
        "--fromfile {t}/list --fromfile {t}/list",
        "-m -o {t}/a -o {t}/b {d}",
        "-m -o {t}/none/o {d}",
        "-m",
        "@",
        "-a {d}",
        "-q",
        "-qq -e none {d}",
        "-m --event",
      })
  void wrongUse_isSaidOnStandardError_andIs1(String options) throws Exception {
    List<String> arguments = new WatchCase(options, "", "").arguments(temp);
    try (Inotifywait theirs = Inotifywait.start(temp, arguments)) {
      CommandThread ours = WatchCase.ours(arguments);
      assertThat(theirs.exitCode()).isEqualTo(ours.exitCode()).isEqualTo(1);
      assertThat(theirs.out() + ours.out()).isEmpty();
      assertThat(theirs.err()).isNotEmpty();
      assertThat(ours.err()).startsWith("inotify4j: ").containsOnlyOnce("\n").endsWith("\n");
    }
  }

  /** With names between commas that are none inotifywait takes all events; we refuse them. */
  @ParameterizedTest
  @ValueSource(strings = {"", ",", "create,", ",create", "create,,delete"})
  void noName_isNoEvent(String events) throws Exception {
    CommandThread ours = WatchCase.ours(List.of("-e", events, temp.toString()));
    assertThat(ours.exitCode()).isEqualTo(1);
    assertThat(ours.err()).contains("no such event: ''");
  }

  /** In all of them nobody hears but of an error, and the time is over. */
  @ParameterizedTest
  @ValueSource(strings = {"-q -s -t 1", "-m -s --timeout 1 -e delete", "-qqq -m -t 1"})
  void messages_areNotOnStandardError(String options) throws Exception {
    List<String> arguments = new WatchCase(options + " {d}", "", "").arguments(temp);
    try (Inotifywait theirs = Inotifywait.start(temp, arguments)) {
      CommandThread ours = WatchCase.ours(arguments);
      assertThat(theirs.exitCode()).isEqualTo(ours.exitCode()).isEqualTo(2);
      assertThat(theirs.out() + theirs.err() + ours.out() + ours.err()).isEmpty();
    }
  }

  @Test
  void oneFileThatIsMissing_isAnErrorOfTheirsOnly() throws Exception {
    String none = temp.resolve("none").toString();
    List<String> arguments = List.of("-m", "-e", "create", none);
    try (Inotifywait theirs = Inotifywait.start(temp, arguments);
        CommandThread ours = WatchCase.ours(arguments).awaitWatching()) {
      assertThat(theirs.exitCode()).isEqualTo(1);
      assertThat(theirs.err()).contains("Couldn't watch " + none);
      assertThat(ours.err()).isEqualTo(none + ": not there yet\nWatching 1 path; Ctrl-C ends.\n");
      Files.createFile(Path.of(none));
      await().atMost(CommandThread.PATIENCE).until(() -> ours.out().equals(none + " CREATE \n"));
    }
  }
}
