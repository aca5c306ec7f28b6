package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract: arguments, which are checked in this order, and what a registration gives. */
@ParameterizedClass
@MethodSource("org.inotify4j.watch.Implementation#all")
final class ArgumentsContractTest extends WatchServiceContract {

  private static final WatchEvent.Kind<?>[] CREATION = {ENTRY_CREATE};
  private static final WatchEvent.Modifier UNKNOWN = () -> "UNKNOWN";

  ArgumentsContractTest(Implementation implementation) {
    super(implementation);
  }

  // 1. The watcher and the path.

  @Test
  @SuppressWarnings("NullAway")
  void watcherNull_isNullPointerException() {
    assertThatNullPointerException().isThrownBy(() -> root.register(null, ENTRY_CREATE));
    assertThatNullPointerException().isThrownBy(() -> register(null, ENTRY_CREATE));
  }

  @Test
  void serviceThatIsNotOurs_isProviderMismatchException() throws Exception {
    // Where the paths are the JDK's a service of ours is the foreign one.
    try (FileSystem other = Jimfs.newFileSystem();
        WatchService foreign = isDropIn() ? other.newWatchService() : INotifyWatchService.open()) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> root.register(foreign, ENTRY_CREATE));
    }
  }

  @Test
  void oursGivenAPathOfAnotherFileSystem_isProviderMismatchException() throws Exception {
    try (FileSystem other = Jimfs.newFileSystem()) {
      Path path = other.getPath("/");
      if (isJdk() || isDropIn()) {
        // The service cannot be asked but through the path, and Jimfs's says this.
        assertThatThrownBy(() -> register(path, ENTRY_CREATE))
            .isInstanceOf(IllegalArgumentException.class);
      } else {
        assertThatExceptionOfType(ProviderMismatchException.class)
            .isThrownBy(() -> register(path, ENTRY_CREATE));
      }
    }
  }

  // 2. The kinds.

  @Test
  @SuppressWarnings("NullAway")
  void kindsArrayNull_isNullPointerException() {
    assertThatNullPointerException()
        .isThrownBy(() -> register(root, (WatchEvent.Kind<?>[]) null, new WatchEvent.Modifier[0]));
  }

  @Test
  @SuppressWarnings("NullAway")
  void kindNull_isNullPointerException() {
    assertThatNullPointerException()
        .isThrownBy(() -> register(root, ENTRY_CREATE, null))
        .withMessage("An element in event set is 'null'");
  }

  @Test
  void unknownKind_isUnsupportedOperationExceptionWithItsName() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> register(root, ENTRY_CREATE, new ForeignKind()))
        .withMessage("FOREIGN");
  }

  @Test
  void overflowKind_isIgnored() throws Exception {
    WatchKey key = register(root, OVERFLOW, ENTRY_CREATE, OVERFLOW);
    touch("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void nothingLeft_isIllegalArgumentException() {
    for (WatchEvent.Kind<?>[] kinds : new WatchEvent.Kind<?>[][] {{}, {OVERFLOW}}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> register(root, kinds))
          .withMessage("No events to register");
    }
  }

  @Test
  void callersArray_isCopied() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    WatchKey key = register(root, kinds);
    kinds[0] = ENTRY_DELETE;
    touch("x");
    delete("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  @SuppressWarnings("NullAway")
  void kinds_areCheckedBeforeClosedness() throws Exception {
    service.close();
    assertThatNullPointerException().isThrownBy(() -> register(root, ENTRY_CREATE, null));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> register(root, new ForeignKind()));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> register(root, OVERFLOW));
  }

  // 3. The service.

  @Test
  @SuppressWarnings("NullAway")
  void closedService_isClosedWatchServiceException_beforeAnyArgument() throws Exception {
    service.close();
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> register(file("missing"), CREATION, UNKNOWN));
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> service.poll(1, null));
  }

  // 4. The modifiers.

  @Test
  @SuppressWarnings("NullAway")
  void modifiersArrayNull_isNullPointerException_inTheJdkItKillsTheThread() throws Exception {
    if (isJdk()) {
      // In a process of its own: the service that is left cannot be closed.
      String output = ChildJvm.of(NullModifiers.class).run(root.toString()).output();
      assertThat(output).isEqualTo("the thread ended\nthe caller waits\n");
      return;
    }
    assertThatNullPointerException()
        .isThrownBy(() -> register(root, CREATION, (WatchEvent.Modifier[]) null));
  }

  @Test
  @SuppressWarnings("NullAway")
  void modifierNull_isNullPointerException() {
    assertThatNullPointerException()
        .isThrownBy(() -> register(root, CREATION, (WatchEvent.Modifier) null));
  }

  @Test
  void sensitivityOfAnyValue_isAcceptedWithoutEffect() throws Exception {
    for (WatchEvent.Modifier sensitivity : modifiers("SensitivityWatchEventModifier")) {
      WatchKey key = register(root, CREATION, sensitivity);
      touch(sensitivity.name());
      assertThat(told(key)).containsExactly("ENTRY_CREATE " + sensitivity.name());
    }
  }

  @Test
  void unknownModifier_isUnsupportedOperationException_beforeThePath() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> register(file("missing"), CREATION, UNKNOWN))
        .withMessageStartingWith("Modifier not supported");
  }

  @Test
  void fileTree_isRefusedByTheJdk_andHonouredByOurs() throws Exception {
    for (WatchEvent.Modifier fileTree : modifiers("ExtendedWatchEventModifier")) {
      if (isJdk()) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> register(root, CREATION, fileTree))
            .withMessageStartingWith("Modifier not supported");
      } else {
        assertThat(register(root, CREATION, fileTree).isValid()).isTrue();
      }
    }
  }

  // 5. The path: PathArgumentsContractTest.

  // 6. The limits.

  @Test
  void limitOfWatches_isAnIOExceptionThatBeginsAsTheJdks() throws Exception {
    assertThat(failureAtLimit("max_inotify_watches"))
        .startsWith("register: User limit of inotify watches reached");
  }

  @Test
  void limitOfInstances_isAnIOExceptionThatBeginsAsTheJdks() throws Exception {
    assertThat(failureAtLimit("max_inotify_instances"))
        .startsWith("open: User limit of inotify instances reached or too many open files");
  }

  /** What a service says in a user namespace that may have none. */
  private String failureAtLimit(String limit) throws Exception {
    assumeFalse(isDropIn(), "the child of a test is not told to have a drop-in");
    ChildJvm.Result result =
        ChildJvm.of(ProgramAtLimit.class)
            .prefix(
                "unshare",
                "-Ur",
                "sh",
                "-c",
                "echo 0 > /proc/sys/user/" + limit + " || exit 99; exec \"$@\"",
                "sh")
            .run(implementation.name(), root.toString());
    if (result.err().startsWith("unshare:") || result.exit() == 99) {
      return abort("no user namespace can be made here: " + result.err());
    }
    return result.output();
  }

  /** Says how a service fails. */
  static final class ProgramAtLimit {

    private ProgramAtLimit() {}

    public static void main(String[] arguments) {
      // The outer class needs what a child has not.
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
      Implementation implementation = Implementation.valueOf(arguments[0]);
      String step = "open: ";
      try (WatchService service = implementation.open()) {
        step = "register: ";
        System.out.println(implementation.register(service, Path.of(arguments[1]), kinds));
      } catch (IOException e) {
        System.out.println(step + e.getMessage());
      }
    }
  }

  // What a registration gives.

  @Test
  void whenRegisterReturns_theWatchIsLive() throws Exception {
    for (int i = 0; i < 100; i++) {
      WatchKey key = register(mkdir("d" + i), ENTRY_CREATE);
      touch("d" + i + "/x");
      assertThat(told(key)).containsExactly("ENTRY_CREATE x");
    }
  }

  @Test
  void register_isNotInterruptible_andKeepsTheFlag() throws Exception {
    Thread.currentThread().interrupt();
    WatchKey key = register(root, ENTRY_CREATE);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(key.isValid()).isTrue();
    touch("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  /** The constants of an enum of the JDK's own; a JDK that does not have it skips the test. */
  private static Iterable<WatchEvent.Modifier> modifiers(String name) {
    try {
      Object[] constants = Class.forName("com.sun.nio.file." + name).getEnumConstants();
      return Arrays.stream(constants).map(WatchEvent.Modifier.class::cast).toList();
    } catch (ClassNotFoundException e) {
      return abort("this JDK has no " + name);
    }
  }

  private static final class ForeignKind implements WatchEvent.Kind<Path> {
    @Override
    public String name() {
      return "FOREIGN";
    }

    @Override
    public Class<Path> type() {
      return Path.class;
    }
  }

  /** Registers with the JDK's service and a null array of modifiers. */
  static final class NullModifiers {

    private NullModifiers() {}

    public static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      WatchService service = directory.getFileSystem().newWatchService();
      Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
      started.removeAll(before);
      Thread watcher = started.iterator().next();
      watcher.setUncaughtExceptionHandler((thread, expected) -> {});
      Thread caller = new Thread(() -> register(directory, service));
      caller.setDaemon(true);
      caller.start();
      watcher.join();
      System.out.println("the thread ended");
      System.out.println(caller.isAlive() ? "the caller waits" : "the caller returned");
    }

    @SuppressWarnings("NullAway")
    private static void register(Path directory, WatchService service) {
      try {
        directory.register(service, CREATION, (WatchEvent.Modifier[]) null);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
