package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.Tmpfs;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole trees, case by case. */
@Timeout(60)
class TreeTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  @Override
  Hub openHub() throws IOException {
    return Hub.open();
  }

  @Test
  void whatExistsIsWatched_andNotTold() throws Exception {
    Files.createDirectories(root.resolve("a/b/c"));
    WatchKey key = register(ALL);
    assertWatchesAreTheDirectories();
    Files.createFile(root.resolve("a/b/c/f"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/b/c/f");
  }

  @Test
  void modifierOfTheJdk_isTheSame() throws Exception {
    Object[] ofJdk =
        Class.forName("com.sun.nio.file.ExtendedWatchEventModifier").getEnumConstants();
    WatchEvent.Modifier fileTree = (WatchEvent.Modifier) ofJdk[0];
    Files.createDirectories(root.resolve("a/b"));
    WatchKey key = service.register(root, new WatchEvent.Kind<?>[] {ENTRY_CREATE}, fileTree);
    Files.createFile(root.resolve("a/b/f"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/b/f");
  }

  @Test
  void nestedDirectories_areToldOnceAndParentsFirst() throws Exception {
    WatchKey key = register(ALL);
    Files.createDirectories(root.resolve("a/b/c"));
    assertThat(told(key))
        .containsExactly("ENTRY_CREATE a", "ENTRY_CREATE a/b", "ENTRY_CREATE a/b/c");
    assertWatchesAreTheDirectories();
  }

  @Test
  void whatIsFound_isSynthetic_andWhatTheKernelSaidIsNot() throws Exception {
    Files.createDirectories(outside.resolve("d/e"));
    WatchKey key = register(ALL);
    move(outside.resolve("d"), root.resolve("d"));
    Pending.sync(service);
    List<INotifyWatchEvent<?>> events = new ArrayList<>();
    key.pollEvents().forEach(event -> events.add((INotifyWatchEvent<?>) event));
    assertThat(events).extracting(INotifyWatchEvent::isSynthetic).containsExactly(false, true);
    assertThat(events).extracting(INotifyWatchEvent::isDirectory).containsExactly(true, true);
  }

  @Test
  void fileInANewDirectory_isToldExactlyOnce_aThousandTimes() throws Exception {
    WatchKey key = register(ENTRY_CREATE);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Path>> work = new ArrayList<>();
      Set<String> expected = new TreeSet<>();
      for (int i = 0; i < 1000; i++) {
        Path directory = root.resolve("d" + i);
        expected.add("ENTRY_CREATE d" + i);
        expected.add("ENTRY_CREATE d" + i + "/f");
        work.add(() -> Files.createFile(Files.createDirectory(directory).resolve("f")));
      }
      for (Future<Path> done : threads.invokeAll(work)) {
        done.get();
      }
      assertThat(told(key)).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void onlyDeletionsAreAskedFor_newDirectoriesAreWatchedAllTheSame() throws Exception {
    WatchKey key = register(ENTRY_DELETE);
    Files.createDirectories(root.resolve("a/b"));
    Pending.sync(service);
    Files.delete(root.resolve("a/b"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE a/b");
  }

  @Test
  void tenThousandNestedDirectories_madeAndRemoved_leaveNoWatch() throws Exception {
    // Their paths together are more than may be pending.
    WatchKey key = register(ENTRY_MODIFY);
    shell(
        "p=$(printf 'd/%.0s' $(seq 1000));"
            + " for i in $(seq 10); do mkdir -p $p && cd -P $p || exit 1; done");
    assertThat(told(key)).isEmpty();
    assertThat(hub.watchCount()).isEqualTo(10_001);
    assertThat(KernelView.masks(hub.inotifyFd())).hasSize(10_001);
    shell("rm -rf d");
    assertWatchesAreTheDirectories();
    assertThat(hub.watchCount()).isEqualTo(1);
  }

  @Test
  void excluded_costsNoWatchAndNoEvent() throws Exception {
    Files.createDirectories(root.resolve("a/skip/b"));
    Files.createDirectories(root.resolve("a/keep"));
    WatchKey key =
        service.register(
            root,
            ALL,
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.exclude("skip"),
            INotifyModifiers.exclude(path -> path.toString().equals("a/no")));
    assertThat(hub.watchCount()).isEqualTo(3);
    Files.createDirectories(root.resolve("skip/x"));
    Files.createFile(root.resolve("a/no"));
    Files.createFile(root.resolve("a/skip/f"));
    Files.createFile(root.resolve("a/yes"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/yes");
    move(root.resolve("a/no"), root.resolve("a/now"));
    move(root.resolve("a/yes"), root.resolve("a/skip/yes"));
    move(root.resolve("a/keep"), root.resolve("a/no"));
    assertThat(told(key))
        .containsExactly("ENTRY_CREATE a/now", "ENTRY_DELETE a/yes", "ENTRY_DELETE a/keep");
    assertThat(hub.watchCount()).isEqualTo(2);
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Files.createDirectories(outside.resolve("o"));
    Files.createSymbolicLink(root.resolve("loop"), root);
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
    WatchKey key = register(ENTRY_CREATE);
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createFile(outside.resolve("f"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE out");
    assertThat(hub.watchCount()).isEqualTo(1);
  }

  @Test
  void namesThatAreNotText_areExact() throws Exception {
    Path parent = Path.of(URI.create(root.toUri() + "%FF%FE"));
    WatchKey key = register(ENTRY_CREATE);
    Files.createDirectory(parent);
    Pending.sync(service);
    Path file = Files.createFile(Path.of(URI.create(root.toUri() + "%FF%FE/x%80")));
    Pending.sync(service);
    List<Path> paths = new ArrayList<>();
    key.pollEvents().forEach(event -> paths.add(root.resolve((Path) event.context())));
    assertThat(paths).containsExactly(parent, file);
    assertThat(file.toUri().toString().getBytes(ISO_8859_1)).isNotEmpty();
  }

  @Test
  void anotherRegistration_replacesTheTree() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    WatchKey key = service.register(root, ENTRY_CREATE);
    assertThat(register(ENTRY_CREATE)).isSameAs(key);
    assertWatchesAreTheDirectories();
    Files.createFile(root.resolve("a/b/f"));
    Files.createFile(root.resolve("g"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/b/f", "ENTRY_CREATE g");
    assertThat(register(ENTRY_DELETE)).isSameAs(key);
    Files.delete(root.resolve("a/b/f"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE a/b/f");
    assertThat(service.register(root, ENTRY_DELETE)).isSameAs(key);
    await().until(() -> hub.watchCount() == 1);
    Files.delete(root.resolve("g"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE g");
  }

  @Test
  void overlappingTrees_workIndependently() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    WatchKey whole = register(ENTRY_CREATE);
    WatchKey part =
        service.register(
            root.resolve("a"), new WatchEvent.Kind<?>[] {ENTRY_CREATE}, INotifyModifiers.RECURSIVE);
    WatchKey plain = service.register(root.resolve("a/b"), ENTRY_CREATE);
    Files.createFile(root.resolve("a/b/f"));
    assertThat(told(whole)).containsExactly("ENTRY_CREATE a/b/f");
    assertThat(Told.by(part)).containsExactly("ENTRY_CREATE b/f");
    assertThat(Told.by(plain)).containsExactly("ENTRY_CREATE f");
    whole.cancel();
    assertThat(hub.watchCount()).isEqualTo(2);
    part.cancel();
    assertThat(hub.watchCount()).isEqualTo(1);
    Files.createFile(root.resolve("a/b/g"));
    assertThat(told(plain)).containsExactly("ENTRY_CREATE g");
  }

  @Test
  void mountOverAWatchedDirectory_isFollowed_andSoIsItsEnd() throws Exception {
    Path at = Files.createDirectory(root.resolve("mnt"));
    WatchKey key = register(ENTRY_CREATE);
    try (Tmpfs mounted = Tmpfs.mount(at)) {
      assertThat(mounted).isNotNull();
      assertToldInTime(key, "ENTRY_CREATE mnt");
      Files.createFile(at.resolve("on-top"));
      assertThat(told(key)).containsExactly("ENTRY_CREATE mnt/on-top");
    }
    assertToldInTime(key, "ENTRY_CREATE mnt");
    Files.createFile(at.resolve("f"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE mnt/f");
  }

  /** What no record tells, and no mark is behind of. */
  private static void assertToldInTime(WatchKey key, String event) {
    await().untilAsserted(() -> assertThat(Told.by(key)).containsExactly(event));
  }

  @Test
  void oneShot_endsTheWholeTree() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    WatchKey key =
        service.register(
            root,
            new WatchEvent.Kind<?>[] {ENTRY_CREATE},
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.ONESHOT);
    Files.createFile(root.resolve("a/b/f"));
    Files.createFile(root.resolve("a/b/g"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/b/f");
    assertThat(key.isValid()).isFalse();
    // Who has told its one event gives its watches back when the key has it.
    await().untilAsserted(() -> assertThat(hub.watchCount()).isZero());
  }

  @Test
  void rootThatIsNoDirectory_isRefused() throws Exception {
    Path file = Files.createFile(root.resolve("f"));
    assertThatThrownBy(
            () ->
                service.register(
                    file, new WatchEvent.Kind<?>[] {ENTRY_CREATE}, INotifyModifiers.RECURSIVE))
        .isInstanceOf(java.nio.file.NotDirectoryException.class);
  }

  @Test
  void archiveOfThousands_isToldExactlyOnce() throws Exception {
    Path source = Files.createDirectory(outside.resolve("source"));
    for (int i = 0; i < 2000; i++) {
      Path directory =
          Files.createDirectories(source.resolve("d" + i % 10 + "/e" + i % 100 + "/f" + i));
      // Few files: a slow disk is not what is tried here.
      for (int j = 0; j < 2; j++) {
        Files.createFile(directory.resolve("g" + j));
      }
    }
    Path archive = outside.resolve("all.tar");
    run("tar", "cf", archive.toString(), "-C", source.toString(), ".");
    WatchKey key = register(ENTRY_CREATE);
    run("tar", "xf", archive.toString(), "-C", root.toString());
    Pending.sync(service);
    Map<String, Integer> times = new TreeMap<>();
    for (WatchEvent<?> event : key.pollEvents()) {
      times.merge(String.valueOf(event.context()), event.count(), Integer::sum);
    }
    assertThat(times.keySet()).isEqualTo(EventModel.list(root));
    assertThat(times.values()).containsOnly(1);
    assertWatchesAreTheDirectories();
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
