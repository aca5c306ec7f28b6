package org.inotify4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.inotify4j.ArchitectureTest.OURS;
import static org.inotify4j.ArchitectureTest.in;
import static org.inotify4j.ArchitectureTest.mayUseOfOurs;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The command's part of the house: a package for each command, none of which knows another one, and
 * below them what they share.
 */
final class CommandArchitectureTest {

  private static final String ROOT = "org.inotify4j";
  private static final String LIBC = ROOT + ".libc";
  private static final String DISK = ROOT + ".disk";
  private static final String LIBRARY_BASE = ROOT + ".base";
  private static final String SNAPSHOTS = ROOT + ".snapshot";
  private static final String SERVICE = ROOT + ".watch";
  private static final String CHANGES = ROOT + ".changes";

  private static final String CLI = ROOT + ".cli";
  private static final String BASE = CLI + ".base";
  private static final String REGEX = CLI + ".regex";
  private static final String ROOTS = CLI + ".roots";
  private static final String OPTIONS = CLI + ".options";
  private static final String FORMAT = CLI + ".format";
  private static final String WATCH = CLI + ".watch";
  private static final String STATS = CLI + ".stats";
  private static final String EXEC = CLI + ".exec";
  private static final String SNAPSHOT = CLI + ".snapshot";
  private static final String DOCTOR = CLI + ".doctor";

  private static final Map<String, Set<String>> PUBLIC =
      Map.ofEntries(
          Map.entry(CLI, Set.of("Main")),
          Map.entry(
              BASE,
              Set.of(
                  "Amount",
                  "AtInterrupt",
                  "Console",
                  "EventNames",
                  "ExitCode",
                  "JsonText",
                  "PathNames",
                  "Patience",
                  "Progress",
                  "RawArguments",
                  "Reasons",
                  "TreeReading",
                  "WatchedPath")),
          Map.entry(REGEX, Set.of("ExtendedRegex", "PathSelection", "RegexProgram")),
          Map.entry(ROOTS, Set.of("GitIgnored", "Roots", "TreeOptions")),
          Map.entry(
              OPTIONS,
              Set.of(
                  "DurationConverter",
                  "GitIgnoreOption",
                  "HelpOption",
                  "IgnoreOptions",
                  "PathOptions",
                  "SelectionOptions",
                  "TimeoutConverter")),
          Map.entry(
              FORMAT,
              Set.of(
                  "ColorMode",
                  "Colors",
                  "EventFormat",
                  "FormatOptions",
                  "JsonFormat",
                  "TextFormat")),
          Map.entry(WATCH, Set.of("Daemon", "WatchCommand")),
          Map.entry(STATS, Set.of("StatsCommand")),
          Map.entry(EXEC, Set.of("ExecCommand")),
          Map.entry(
              SNAPSHOT, Set.of("SnapshotCommand", "SnapshotDiffCommand", "SnapshotSaveCommand")),
          Map.entry(DOCTOR, Set.of("DoctorCommand")));

  static boolean hasRoom(String name) {
    return PUBLIC.containsKey(name);
  }

  @Test
  void roomsPointDown() {
    mayUseOfOurs(BASE, SNAPSHOTS, ROOT, LIBRARY_BASE);
    mayUseOfOurs(REGEX);
    mayUseOfOurs(ROOTS, BASE, SERVICE, DISK, ROOT, LIBC, LIBRARY_BASE);
    mayUseOfOurs(OPTIONS, ROOTS, REGEX, BASE, SERVICE, ROOT, LIBRARY_BASE);
    mayUseOfOurs(FORMAT, BASE, ROOT, LIBRARY_BASE);
    mayUseOfOurs(WATCH, FORMAT, OPTIONS, ROOTS, REGEX, BASE, SERVICE, ROOT, LIBRARY_BASE);
    mayUseOfOurs(STATS, FORMAT, OPTIONS, ROOTS, REGEX, BASE, SERVICE, SNAPSHOTS, ROOT);
    mayUseOfOurs(EXEC, OPTIONS, BASE, CHANGES, ROOT, LIBRARY_BASE);
    mayUseOfOurs(SNAPSHOT, FORMAT, OPTIONS, BASE, SNAPSHOTS, ROOT);
    mayUseOfOurs(DOCTOR, OPTIONS, ROOTS, BASE, SNAPSHOTS, DISK, ROOT, LIBC, LIBRARY_BASE);
    mayUseOfOurs(CLI, WATCH, STATS, EXEC, SNAPSHOT, DOCTOR, OPTIONS, BASE, LIBC);
  }

  @Test
  void publicClassesAreTheNamedOnes() {
    PUBLIC.forEach(ArchitectureTest::hasPublic);
  }

  @Test
  void whatReadsRegularExpressionsAndWatchesPathsKnowsNoCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(REGEX, ROOTS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(OURS);
  }

  @Test
  void commandUsesOfLibcOnlyItsDescriptionAndTheWays() {
    noClasses()
        .that()
        .resideInAPackage(CLI + "..")
        .should()
        .dependOnClassesThat(in("another part of libc", LIBC, "SystemLibC", "Way"))
        .check(OURS);
  }

  @Test
  void commandUsesOfDiskOnlyTheTypesOfFileSystemsRefusalsAndWhatGitLeavesOut() {
    noClasses()
        .that()
        .resideInAPackage(CLI + "..")
        .should()
        .dependOnClassesThat(
            in("another part of disk", DISK, "FileSystemType", "GitIgnoreFilter", "Refusal"))
        .check(OURS);
  }
}
