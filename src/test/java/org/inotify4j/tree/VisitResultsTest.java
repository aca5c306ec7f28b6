package org.inotify4j.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.base.IntSet;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.OpenFiles;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.LateRecords;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.NotingSubscriber;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory that moves while several visits are on their way: each order in which they may be
 * made and taken that is a race.
 */
final class VisitResultsTest {

  private static final int MASK =
      Mask.of(Flag.CREATE, Flag.DELETE, Flag.MOVE_SELF) | Mask.MOVE | Flag.ONLYDIR.bit();

  @TempDir private Path root;
  private final NotingSubscriber subscriber = new NotingSubscriber(MASK);
  private final Subscription opener = new Subscription();
  private final TreeNodes nodes = new TreeNodes();
  private final List<Visit> visits = new ArrayList<>();
  private Hub hub;
  private TreeWatches watches;
  private DirectoryReader reader;
  private TreePlaces places;
  private Pass pass;
  private VisitResults results;
  private CrawlStack.@Nullable Frame top;

  @BeforeEach
  void open() throws IOException {
    hub = Hub.open();
    assertThat(hub.attach(opener)).isTrue();
    LateRecords<Integer> late = new LateRecords<>(new Inbox(new ByteBudget(0)));
    watches = new TreeWatches(hub, subscriber.subscription, late, MASK);
    reader = new DirectoryReader(hub.libC(), PathBytes.of(root), false);
    UnwatchedDirectories unwatched = new UnwatchedDirectories(root, false);
    TreeReporter reporter = new TreeReporter(audience(), nodes, EntryFilter.NOTHING);
    Findings findings = new Findings(new ToldEntries(), new TreeRenames(), reporter);
    pass = new Pass();
    places = new TreePlaces(nodes, watches, unwatched, findings, pass, false);
    NodePath paths = new NodePath(nodes, watches, reader);
    FailedVisits failed = new FailedVisits(places, paths, watches, unwatched, reporter, pass);
    results = new VisitResults(places, paths, watches, findings, failed, pass);
    for (String name : List.of("a", "b", "c")) {
      Files.createDirectory(root.resolve(name));
    }
  }

  @AfterEach
  void close() {
    visits.forEach(Visit::close);
    results.stack().clear();
    hub.detach(opener);
  }

  /** An audience that wants to hear nothing. */
  private static Audience audience() {
    Interests none = nothing(Interests.class, null);
    return nothing(Audience.class, none);
  }

  private static <T> T nothing(Class<T> type, @Nullable Object given) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(method.getReturnType(), given)));
  }

  private static @Nullable Object answer(Class<?> type, @Nullable Object given) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? (Object) 0 : given;
  }

  /** Begins a pass: the root is read, and the three directories in it. */
  private void beginPass() {
    pass.begin();
    watches.noteRemoved(true);
    Visit visit = newVisit();
    assertThat(visit.openRoot()).isNotNegative();
    assertThat(visit.watch()).isPositive();
    places.watched(nodes.root(), visit.wd());
    visit.openToRead();
    results.read(nodes.root(), visit);
    top = results.stack().top();
    for (String name : List.of("a", "b", "c")) {
      take(made(nodes.root(), name));
    }
  }

  private Visit newVisit() {
    Visit visit = new Visit(reader, watches, new OpenFiles(hub.libC()));
    visits.add(visit);
    return visit;
  }

  /** A visit that a helper has made. */
  private Visit made(TreeNode directory, String name) {
    int parent = new NodePath(nodes, watches, reader).open(directory);
    Visit visit = newVisit();
    visit.begin(new Visit.Plan(top, parent, name.getBytes(UTF_8), false));
    visit.make(true);
    reader.close(parent);
    return visit;
  }

  private void take(Visit visit, TreeNode directory) {
    results.enter(directory, visit, Arrival.untold(Arrival.Evidence.LISTED));
  }

  private void take(Visit visit) {
    take(visit, nodes.root());
  }

  private TreeNode at(String path) {
    TreeNode node = nodes.root();
    for (String name : path.split("/", -1)) {
      node = requireNonNull(nodes.at(node, name.getBytes(UTF_8)), path);
    }
    return node;
  }

  private boolean isMissing(String parent, String name) {
    return nodes.at(at(parent), name.getBytes(UTF_8)) == null;
  }

  private void move(String from, String to) throws IOException {
    Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What is planned next, all of it. */
  private List<String> planned() {
    List<String> names = new ArrayList<>();
    for (CrawlStack.Frame frame = results.stack().top();
        frame != null;
        frame = results.stack().top()) {
      names.add(new String(frame.next(), UTF_8));
    }
    return names;
  }

  /** Whether the model and the hub have the same watches. */
  private void assertWatches(int count) {
    IntSet ofNodes = new IntSet();
    nodes.forEachWatched(node -> assertThat(ofNodes.add(node.wd)).isTrue());
    assertThat(ofNodes.size()).isEqualTo(count);
    assertThat(hub.watchCount()).isEqualTo(count);
  }

  @Test
  void foundTwice_takenInOrder_isWhereTheDiskHasIt_andReadUnderItsNewWatch() throws Exception {
    Files.createDirectories(root.resolve("a/d"));
    beginPass();
    Visit first = made(at("a"), "d");
    move("a/d", "b/d");
    Visit second = made(at("b"), "d");
    assertThat(second.wd()).isEqualTo(first.wd());
    Files.createDirectory(root.resolve("b/d/late"));
    take(first, at("a"));
    assertThat(at("a/d").wd).isEqualTo(first.wd());
    take(second, at("b"));
    assertThat(isMissing("a", "d")).isTrue();
    assertThat(watches.wasRemoved(at("b/d").wd)).isFalse();
    assertThat(planned()).contains("late");
    assertWatches(5);
  }

  @Test
  void foundTwice_theLaterOneTakenFirst_isWhereTheDiskHasIt() throws Exception {
    Files.createDirectories(root.resolve("a/d"));
    beginPass();
    Visit first = made(at("a"), "d");
    move("a/d", "b/d");
    Visit second = made(at("b"), "d");
    take(second, at("b"));
    take(first, at("a"));
    assertThat(isMissing("a", "d")).isTrue();
    assertThat(at("b/d").wd).isEqualTo(second.wd());
    assertWatches(5);
  }

  @Test
  void watchRemovedWhileAVisitIsOnItsWay_isPlacedOnceMore() throws Exception {
    Files.createDirectories(root.resolve("a/d"));
    beginPass();
    Visit first = made(at("a"), "d");
    move("a/d", "b/d");
    Visit second = made(at("b"), "d");
    move("b/d", "c/d");
    Visit third = made(at("c"), "d");
    assertThat(third.wd()).isEqualTo(first.wd());
    Files.createDirectory(root.resolve("c/d/late"));
    take(first, at("a"));
    move("c/d", "b/d");
    take(second, at("b"));
    assertThat(watches.wasRemoved(third.wd())).isTrue();
    move("b/d", "c/d");
    take(third, at("c"));
    assertThat(isMissing("a", "d")).isTrue();
    assertThat(isMissing("b", "d")).isTrue();
    assertThat(watches.wasRemoved(at("c/d").wd)).isFalse();
    assertThat(planned()).contains("late");
    assertWatches(5);
  }

  @Test
  void placeAboveDroppedWhileVisitsAreOnTheirWay_whatTheyFoundIsWatchedOnce() throws Exception {
    Files.createDirectories(root.resolve("a/d/e"));
    beginPass();
    take(made(at("a"), "d"), at("a"));
    TreeNode dropped = at("a/d");
    Visit below = made(dropped, "e");
    move("a/d", "b/d");
    take(made(at("b"), "d"), at("b"));
    assertThat(dropped.isAlive()).isFalse();
    Visit anew = made(at("b/d"), "e");
    assertThat(anew.wd()).isEqualTo(below.wd());
    results.drop(below);
    take(anew, at("b/d"));
    assertThat(watches.wasRemoved(at("b/d/e").wd)).isFalse();
    assertWatches(6);
  }

  @Test
  void placeAboveDropped_aVisitTakenMeanwhile_keepsItsWatch() throws Exception {
    Files.createDirectories(root.resolve("a/d/e"));
    beginPass();
    take(made(at("a"), "d"), at("a"));
    Visit below = made(at("a/d"), "e");
    move("a/d", "b/d");
    take(made(at("b"), "d"), at("b"));
    take(made(at("b/d"), "e"), at("b/d"));
    results.drop(below);
    assertThat(at("b/d/e").wd).isEqualTo(below.wd());
    assertWatches(6);
  }
}
