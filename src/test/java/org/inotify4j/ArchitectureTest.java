package org.inotify4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The house as the design draws it: floors point down, and little of each is public. {@link
 * CommandArchitectureTest} goes on within the command.
 */
final class ArchitectureTest {

  private static final String ROOT = "org.inotify4j";
  private static final String BASE = ROOT + ".base";
  private static final String LIBC = ROOT + ".libc";
  private static final String DISK = ROOT + ".disk";
  private static final String ENTRIES = ROOT + ".entries";
  private static final String SNAPSHOT = ROOT + ".snapshot";
  private static final String PENDING = ROOT + ".pending";
  private static final String WORK = ROOT + ".work";
  private static final String HUB = ROOT + ".hub";
  private static final String FOLLOW = ROOT + ".follow";
  private static final String TREE = ROOT + ".tree";
  private static final String FILE = ROOT + ".file";
  private static final String RECOVERY = ROOT + ".recovery";
  private static final String POLL = ROOT + ".poll";
  private static final String WATCH = ROOT + ".watch";
  private static final String CHANGES = ROOT + ".changes";
  private static final String AGENT = ROOT + ".agent";
  private static final String FS = ROOT + ".fs";
  private static final String CLI = ROOT + ".cli";

  /** The public top-level classes of the floors that are finished. */
  private static final Map<String, Set<String>> PUBLIC =
      Map.ofEntries(
          Map.entry(
              BASE,
              Set.of(
                  "ByteBudget",
                  "Daemons",
                  "Escaping",
                  "FlightEvents",
                  "Insistently",
                  "IntMap",
                  "IntSet",
                  "Log",
                  "NameBytes",
                  "OrderedLock",
                  "PackedInts",
                  "Rank",
                  "Sandbox",
                  "Spares",
                  "Uninterruptibly",
                  "UseCount",
                  "WaitSet")),
          Map.entry(
              DISK,
              Set.of(
                  "ClockTick",
                  "DirectoryReader",
                  "EntryFilter",
                  "EntryStatus",
                  "FileIdentity",
                  "FileStatus",
                  "FileSystemType",
                  "FilterRule",
                  "GitIgnoreFilter",
                  "GlobRule",
                  "MatcherRule",
                  "MountsBelow",
                  "OpenFiles",
                  "Refusal",
                  "RuleFilter",
                  "StatusReader")),
          Map.entry(
              ENTRIES,
              Set.of(
                  "ChangeList",
                  "Devices",
                  "Differences",
                  "EntryColumns",
                  "EntryVisitor",
                  "FormerPath",
                  "KnownEntries",
                  "KnownLooks",
                  "NameIndex",
                  "Reach",
                  "RowPath",
                  "Scan",
                  "SnapshotDoor",
                  "TreeTaking")),
          Map.entry(RECOVERY, Set.of("Beginning", "Disk", "Listener", "Recovery", "UnheardPlaces")),
          Map.entry(SNAPSHOT, Set.of("SnapshotChange", "TreeFilter", "TreeSnapshot")),
          Map.entry(WORK, Set.of("Task", "Workers")),
          Map.entry(
              PENDING,
              Set.of("EntryReader", "KindBits", "PendingBounds", "PendingLog", "PendingReader")),
          Map.entry(
              HUB,
              Set.of("Hub", "KernelRecord", "Refusals", "SharedHub", "Subscriber", "Subscription")),
          Map.entry(
              FOLLOW,
              Set.of(
                  "Audience",
                  "Follower",
                  "FollowerSet",
                  "Inbox",
                  "Interests",
                  "LateRecords",
                  "Model",
                  "Origin",
                  "Prelude",
                  "Relay",
                  "Retry",
                  "Waiter")),
          Map.entry(TREE, Set.of("TreeModel", "TreeRoot")),
          Map.entry(FILE, Set.of("FileModel", "NameInterests", "SilenceListener")),
          Map.entry(POLL, Set.of("PollMode", "PollPace", "PollSettings", "SilentPlaces")),
          Map.entry(
              LIBC,
              Set.of(
                  "Errno",
                  "LibC",
                  "MountTable",
                  "PathBytes",
                  "Processor",
                  "RecordCursor",
                  "SharedCleaner",
                  "SystemLibC",
                  "Way")),
          Map.entry(
              ROOT,
              Set.of(
                  "EntryName",
                  "EventBuffer",
                  "Flag",
                  "INotify",
                  "INotifyEvent",
                  "INotifyLimitException",
                  "INotifyLimits",
                  "INotifyUsage",
                  "Mask")),
          Map.entry(
              WATCH,
              Set.of(
                  "INotifyEventKinds",
                  "INotifyModifiers",
                  "INotifyWatchEvent",
                  "INotifyWatchService",
                  "Rename",
                  "ServiceStatistics")),
          Map.entry(
              CHANGES,
              Set.of(
                  "Change",
                  "ChangeListener",
                  "PathWatcher",
                  "Problem",
                  "WatcherBuilder",
                  "WatcherStatistics")),
          Map.entry(AGENT, Set.of("Agent")),
          Map.entry(FS, Set.of("INotifyFileSystemProvider")));

  static final JavaClasses OURS =
      new ClassFileImporter()
          .importUrl(INotify.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void floorsPointDown() {
    mayUseOfOurs(BASE);
    mayUseOfOurs(LIBC, BASE);
    mayUseOfOurs(ROOT, LIBC, BASE);
    mayUseOfOurs(DISK, LIBC, BASE);
    mayUseOfOurs(ENTRIES, DISK, WORK, LIBC, BASE);
    mayUseOfOurs(SNAPSHOT, ENTRIES, DISK, LIBC, BASE);
    mayUseOfOurs(PENDING, BASE);
    mayUseOfOurs(WORK, BASE);
    mayUseOfOurs(HUB, WORK, ROOT, LIBC, BASE);
    mayUseOfOurs(FOLLOW, HUB, WORK, ROOT, BASE);
    mayUseOfOurs(TREE, FOLLOW, HUB, WORK, DISK, ROOT, LIBC, BASE);
    mayUseOfOurs(FILE, FOLLOW, HUB, DISK, ROOT, LIBC, BASE);
    mayUseOfOurs(POLL, FOLLOW, WORK, DISK, LIBC, BASE);
    mayUseOfOurs(RECOVERY, POLL, FOLLOW, HUB, SNAPSHOT, ENTRIES, DISK, ROOT, LIBC, BASE);
    mayUseOfOurs(
        WATCH, RECOVERY, POLL, TREE, FILE, FOLLOW, HUB, PENDING, SNAPSHOT, ENTRIES, WORK, DISK,
        ROOT, LIBC, BASE);
    mayUseOfOurs(
        CHANGES, RECOVERY, POLL, TREE, FILE, FOLLOW, HUB, SNAPSHOT, ENTRIES, WORK, DISK, ROOT, LIBC,
        BASE);
    mayUseOfOurs(AGENT, WATCH, LIBC, BASE);
    mayUseOfOurs(FS, WATCH, ROOT, LIBC, BASE);
  }

  @Test
  void packagesKnowEachOtherInNoCircle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void waysToTheServiceUseOfLibcOnlyWhatIsSaidOfThem() {
    noClasses()
        .that()
        .resideInAnyPackage(AGENT, FS)
        .should()
        .dependOnClassesThat(in("a part of libc other than Way", LIBC, "Way"))
        .check(OURS);
  }

  @Test
  void onlyTheAgentUsesAsm() {
    noClasses()
        .that()
        .resideOutsideOfPackage(AGENT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.objectweb.asm..")
        .check(OURS);
  }

  @Test
  void onlyLibcUsesJna() {
    noClasses()
        .that()
        .resideOutsideOfPackage(LIBC)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(OURS);
  }

  @Test
  void onlyTheCommandUsesItsLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "com.google.gson..")
        .check(OURS);
  }

  @Test
  void noMethodIsSynchronized() {
    methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(OURS);
  }

  /** So that every lock has a rank, and the order of taking them is checked. */
  @Test
  void locksAreMadeOnTheLowestFloorOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE)
        .should()
        .callConstructor(ReentrantLock.class)
        .orShould()
        .callConstructor(ReentrantLock.class, boolean.class)
        .check(OURS);
  }

  @Test
  void publicClassesAreTheNamedOnes() {
    PUBLIC.forEach(ArchitectureTest::hasPublic);
    assertThat(OURS.stream().map(JavaClass::getPackageName))
        .allMatch(name -> PUBLIC.containsKey(name) || CommandArchitectureTest.hasRoom(name));
  }

  /**
   * So that who looks for a class by its name finds one. What is there once more for newer releases
   * of Java is the same class, in the same package.
   */
  @Test
  void noTwoClassesHaveOneName() {
    Map<String, Set<String>> packages =
        OURS.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    mapping(JavaClass::getPackageName, toSet())));
    packages.values().removeIf(places -> places.size() == 1);
    assertThat(packages).isEmpty();
  }

  static void hasPublic(String floor, Set<String> doors) {
    Set<String> found =
        OURS.stream()
            .filter(type -> type.getPackageName().equals(floor))
            .filter(type -> type.isTopLevelClass())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName)
            .collect(toCollection(TreeSet::new));
    if (!found.isEmpty()) {
      assertThat(found).as("public classes of " + floor).containsExactlyInAnyOrderElementsOf(doors);
    }
  }

  @Test
  void classesAreFinalOrMeantToBeExtended() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .haveModifier(JavaModifier.ABSTRACT)
        .check(OURS);
  }

  @Test
  void everyPackageIsNullMarked() {
    for (JavaClass type : OURS) {
      assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
          .as(type.getPackageName())
          .isTrue();
    }
  }

  static void mayUseOfOurs(String floor, String... below) {
    Set<String> allowed = new TreeSet<>(Set.of(below));
    allowed.add(floor);
    noClasses()
        .that()
        .resideInAPackage(floor)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "a floor of ours that is not one of " + allowed,
                type ->
                    (type.getPackageName() + ".").startsWith(ROOT + ".")
                        && !allowed.contains(type.getPackageName())))
        .allowEmptyShould(true)
        .check(OURS);
  }

  static DescribedPredicate<JavaClass> in(String what, String pack, String... butNot) {
    Set<String> others = Set.of(butNot);
    return DescribedPredicate.describe(
        what, type -> type.getPackageName().equals(pack) && !others.contains(type.getSimpleName()));
  }
}
