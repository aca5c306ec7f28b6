package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.ScriptedLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract: the background thread, and what the service has open. */
@ParameterizedClass
@MethodSource("org.inotify4j.watch.Implementation#all")
final class ThreadsContractTest extends WatchServiceContract {

  private static final WatchEvent.Kind<?>[] CREATION = {ENTRY_CREATE};

  private Thread background = Thread.currentThread();
  private ClassLoader ours = ThreadsContractTest.class.getClassLoader();

  ThreadsContractTest(Implementation implementation) {
    super(implementation);
  }

  @Override
  @BeforeEach
  void open() throws IOException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Thread creator = Thread.currentThread();
    ClassLoader loader = creator.getContextClassLoader();
    ours = new URLClassLoader(new URL[0], loader);
    creator.setContextClassLoader(ours);
    try {
      service =
          implementation == Implementation.INOTIFY4J
              ? INotifyWatchService.openDedicated()
              : implementation.open();
    } finally {
      creator.setContextClassLoader(loader);
    }
    String name = isJdk() ? "FileSystemWatchService" : Hubs.POLLER;
    Set<Thread> fresh =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread) && thread.getName().equals(name))
            .collect(Collectors.toSet());
    assertThat(fresh).hasSize(1);
    background = fresh.iterator().next();
  }

  @Test
  void backgroundThread_isADaemon() {
    assertThat(background.isDaemon()).isTrue();
  }

  @Test
  void backgroundThread_keepsNoContextClassLoaderOfItsCreator() {
    if (isJdk() && Runtime.version().feature() < 21) {
      // The JDK 17's thread is an ordinary one.
      assertThat(background.getContextClassLoader()).isSameAs(ours);
    } else {
      assertThat(background.getContextClassLoader()).isNotSameAs(ours);
    }
  }

  @Test
  void backgroundThread_endsWithTheService() throws Exception {
    service.close();
    await().until(() -> !background.isAlive());
  }

  @Test
  void lockedKey_stallsNothing_butTheJdks() throws Exception {
    WatchKey locked = register(mkdir("locked"), ENTRY_CREATE);
    WatchKey other = register(mkdir("other"), ENTRY_CREATE);
    synchronized (locked) {
      touch("locked/x");
      touch("other/x");
      if (isJdk()) {
        // Its thread appends to a key in a monitor that everybody can have.
        await().until(() -> background.getState() == Thread.State.BLOCKED);
        assertThat(other.pollEvents()).isEmpty();
      } else {
        assertThat(told(other)).containsExactly("ENTRY_CREATE x");
        assertThat(told(locked)).containsExactly("ENTRY_CREATE x");
        return;
      }
    }
    assertThat(told(other)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void lockedService_stallsNothing() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    WatchService locked = service;
    synchronized (locked) {
      touch("x");
      assertThat(told(key)).containsExactly("ENTRY_CREATE x");
    }
  }

  @Test
  void inotifyDescriptor_isCloseOnExec_butTheJdks() throws Exception {
    try (WatchService another = implementation.open()) {
      WatchKey key = implementation.register(another, root, CREATION);
      assertThat(key.isValid()).isTrue();
      boolean anyIsInherited;
      try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
        anyIsInherited =
            descriptors.filter(ThreadsContractTest::isInotify).anyMatch(fd -> !closesOnExec(fd));
      }
      assertThat(anyIsInherited).isEqualTo(isJdk());
    }
  }

  @Test
  void slowFileSystemMetInRegister_stallsNoOtherKey_butTheJdks() throws Exception {
    assumeFalse(isJdk(), "the JDK's thread looks at the path itself: no test can slow that down");
    assumeFalse(isDropIn(), "a default file system has one kernel, which no test can slow down");
    ScriptedLibC kernel = new ScriptedLibC();
    Path slow = mkdir("slow");
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    LibC slowKernel = slowAt(slow, kernel, called, released);
    Hub hub = Hubs.open(slowKernel, ScriptedINotify.openForHub(slowKernel));
    try (INotifyWatchService stalling = INotifyWatchService.open(hub)) {
      WatchKey key = stalling.register(root, ENTRY_CREATE);
      AtomicReference<WatchKey> late = new AtomicReference<>();
      Thread registering = new Thread(() -> late.set(registerUnchecked(stalling, slow)));
      registering.start();
      called.await();
      kernel.deliver(EventRecord.of(kernel.wd(root.toString()), 0x100).named("x"));
      assertThat(stalling.take()).isSameAs(key);
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
      assertThat(stalling.register(mkdir("other"), ENTRY_CREATE).isValid()).isTrue();
      assertThat(late.get()).isNull();
      released.countDown();
      registering.join();
      assertThat(late.get().isValid()).isTrue();
    }
  }

  private static WatchKey registerUnchecked(INotifyWatchService service, Path path) {
    try {
      return service.register(path, ENTRY_CREATE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A kernel that takes its time for one path. */
  private static LibC slowAt(
      Path slow, ScriptedLibC kernel, CountDownLatch called, CountDownLatch released) {
    return (LibC)
        Proxy.newProxyInstance(
            LibC.class.getClassLoader(),
            new Class<?>[] {LibC.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("inotifyAddWatch")
                  && PathBytes.decode((byte[]) arguments[1]).equals(slow.toString())) {
                called.countDown();
                released.await();
              }
              try {
                return method.invoke(kernel, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean isInotify(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString().equals("anon_inode:inotify");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean closesOnExec(Path fd) {
    try {
      return Files.readAllLines(Path.of("/proc/self/fdinfo").resolve(fd.getFileName())).stream()
          .filter(line -> line.startsWith("flags:"))
          .anyMatch(line -> (Integer.parseInt(line.substring(6).trim(), 8) & LibC.O_CLOEXEC) != 0);
    } catch (IOException e) {
      return true;
    }
  }
}
