package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.file.FileModel;
import org.inotify4j.file.NameInterests;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.follow.Inbox;
import org.inotify4j.hub.Hub;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Disk;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.recovery.UnheardPlaces;
import org.inotify4j.tree.TreeModel;
import org.inotify4j.work.Task;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one service that more than one watch is needed for, and the followers that tell them:
 * registers them, and puts one follower in the place of another.
 */
final class FollowedKeys {

  /** How often a path is looked at anew that leads elsewhere each time. */
  private static final int MOST_TRIES = 100;

  private final Hub hub;
  private final Registrations registrations;
  private final PlainKeys plain;
  private final NameInterests names;
  private final FollowerSet followers;
  private final Polls polls;

  /** The keys of single files, by their absolute paths. */
  private final Map<Path, Key> fileKeys = new ConcurrentHashMap<>();

  FollowedKeys(
      Hub hub,
      Registrations registrations,
      PlainKeys plain,
      NameInterests names,
      FollowerSet followers,
      Polls polls) {
    this.hub = hub;
    this.registrations = registrations;
    this.plain = plain;
    this.names = names;
    this.followers = followers;
    this.polls = polls;
  }

  /** Watches a directory with everything below; the key's tree is built anew if it is another. */
  Key registerTree(Path directory, Registration requested) throws IOException {
    requested.recovering().checkRoot(directory);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Key key = plain.register(directory, requested);
      OrderedLock registering = key.extras().registering();
      registering.lock();
      try {
        // Who was before us may have failed, and then it is gone.
        if (key.isValid() && follow(key, directory, requested)) {
          return key;
        }
      } finally {
        registering.unlock();
      }
      registrations.checkOpen();
    }
    throw new FileSystemException(
        directory.toString(),
        null,
        "another directory was found there each time of "
            + MOST_TRIES
            + ": it is replaced all the time, or its file system does not keep its inode number");
  }

  private boolean follow(Key key, Path directory, Registration requested) throws IOException {
    Follower current = key.follower();
    boolean isThere =
        current != null
            && current.model() instanceof TreeModel tree
            && tree.isAt(directory)
            && key.requested().equals(requested)
            && !requested.recovering().tellsFirst();
    return isThere || buildTree(key, directory, requested);
  }

  private boolean buildTree(Key key, Path directory, Registration requested) throws IOException {
    Follower tree = treeOf(key, directory, requested);
    FlightEvents.Span span = FlightEvents.tree();
    boolean isBuilt = place(key, tree, requested);
    int watches = tree.model().watchCount() + 1;
    span.end(directory, (long) watches + tree.model().unwatchedCount(), watches);
    return isBuilt;
  }

  private Follower treeOf(Key key, Path directory, Registration requested) {
    EntryFilter filter = requested.exclusion().filter(key.watchable());
    boolean follows = !requested.noFollow();
    boolean isFlat = !requested.recursive();
    TreeModel.Root root = new TreeModel.Root(key.wd(), directory, key.watchable(), follows, isFlat);
    Inbox inbox = new Inbox(registrations.budget());
    KeyAudience audience = new KeyAudience(key, requested, registrations);
    Set<String> places = polls.places(directory, requested);
    Supplier<Disk> disks = () -> Disk.ofTree(hub.libC(), directory, follows, filter, isFlat);
    Recovery recovery = recovery(inbox, audience, requested, places, disks);
    if (recovery == null) {
      TreeModel tree = new TreeModel(hub, inbox, audience, root, filter);
      if (isFlat || !polls.isAuto(requested)) {
        return new Follower(hub, followers, inbox, tree, audience);
      }
      LeftOverPolling later =
          new LeftOverPolling(hub, inbox, audience, tree, disks, () -> polls.pace(requested));
      return new Follower(hub, followers, inbox, tree, later, later);
    }
    TreeModel tree = new TreeModel(hub, inbox, recovery.audience(), root, filter);
    if (!isFlat) {
      recovery.bind(tree::lookAt);
      pollLater(recovery, tree, directory, requested, places);
    }
    return new Follower(hub, followers, inbox, tree, recovery.audience(), recovery);
  }

  /**
   * Has a tree whose key is told all be polled just where it is not heard: also as long as a limit
   * leaves something over, and where what was mounted since is silent.
   */
  private void pollLater(
      Recovery recovery,
      TreeModel tree,
      Path directory,
      Registration requested,
      Set<String> silent) {
    if (requested.recovering().rescan() && polls.isAuto(requested)) {
      UnheardPlaces places =
          new UnheardPlaces(
              silent, () -> polls.places(directory, requested), tree::wantsWatches, tree::leftOver);
      tree.whenMounted(places::look);
      recovery.pollWhere(polls.pace(requested), places);
    }
  }

  private Follower fileOf(Key key, Registration requested) {
    boolean follows = !requested.noFollow();
    Path path = key.watchable();
    Inbox inbox = new Inbox(registrations.budget());
    KeyAudience audience = new KeyAudience(key, requested, registrations);
    Set<String> places = polls.places(path, requested);
    Recovery recovery =
        recovery(inbox, audience, requested, places, () -> Disk.ofName(hub.libC(), path, follows));
    return recovery == null
        ? new Follower(
            hub,
            followers,
            inbox,
            new FileModel(hub, names, inbox, audience, path, follows),
            audience)
        : new Follower(
            hub,
            followers,
            inbox,
            new FileModel(hub, names, inbox, recovery.audience(), path, follows),
            recovery.audience(),
            recovery);
  }

  /**
   * What tells the key beside what happens; null where nothing does.
   *
   * @param places those that are polled
   */
  private @Nullable Recovery recovery(
      Inbox inbox,
      KeyAudience audience,
      Registration requested,
      Set<String> places,
      Supplier<Disk> disks) {
    Recovering recovering = requested.recovering();
    if (places.isEmpty() && !recovering.tellsFirst() && !recovering.rescan()) {
      return null;
    }
    Disk whole = disks.get();
    boolean isPolled = !places.isEmpty();
    boolean isWhole = recovering.tellsFirst() || recovering.rescan();
    Disk disk = isWhole ? whole : whole.only(places);
    Beginning beginning =
        new Beginning(
            recovering.initial(),
            whole.known(recovering.since()),
            recovering.rescan(),
            false,
            isPolled ? polls.pace(requested) : null);
    return new Recovery(hub, inbox, audience, disk, beginning);
  }

  /** Watches a name, whatever is there. */
  Key registerFile(Path path, Registration requested) throws IOException {
    String last = String.valueOf(path.getFileName());
    if (path.getFileName() == null || List.of("", ".", "..").contains(last)) {
      throw new IllegalArgumentException("FILE wants a path that ends in a name: '" + path + "'");
    }
    while (true) {
      Key key = fileKey(path, requested);
      OrderedLock registering = key.extras().registering();
      registering.lock();
      try {
        // Who was before us may have failed, and then it is gone.
        if (key.isValid()) {
          if (key.follower() == null
              || !key.requested().equals(requested)
              || requested.recovering().tellsFirst()) {
            boolean unused = place(key, fileOf(key, requested), requested);
          }
          return key;
        }
      } finally {
        registering.unlock();
        if (!key.isValid()) {
          forget(key);
        }
      }
      registrations.checkOpen();
    }
  }

  /** The key of a name, or a new one. */
  private Key fileKey(Path path, Registration requested) {
    return fileKeys.compute(
        path.toAbsolutePath(),
        (absolute, known) ->
            known != null && known.isValid() ? known : registrations.newFileKey(path, requested));
  }

  /**
   * Has a follower tell its key from here on, in place of what told it before; false if its path
   * leads elsewhere by now.
   */
  private boolean place(Key key, Follower follower, Registration requested) throws IOException {
    boolean isInPlace = false;
    try {
      isInPlace = followers.place(follower, () -> takeOver(key, follower, requested));
      registrations.checkOpen();
      return isInPlace;
    } catch (IOException e) {
      registrations.checkOpen();
      throw e;
    } finally {
      if (!isInPlace || !key.isValid()) {
        followers.remove(follower);
        if (follower.equals(key.follower()) || wasMadeFor(key, requested)) {
          // Nobody tells it anything.
          registrations.cancel(key);
        }
      }
    }
  }

  /** Whether this very registration made the key, and none came since. */
  @SuppressWarnings("ReferenceEquality") // An equal one may have made it before.
  private static boolean wasMadeFor(Key key, Registration requested) {
    return key.requested() == requested;
  }

  private void takeOver(Key key, Follower follower, Registration requested) {
    Follower current = key.follower();
    if (current != null) {
      current.letPassWhoWaits();
    }
    // Under the lock, so that who asks for something else meanwhile does so before or after.
    hub.underLock(() -> replace(key, follower, requested));
  }

  private void replace(Key key, Follower follower, Registration requested) {
    Follower before = key.extras().changeFollower(follower);
    boolean isOrderly = before == null || follower.succeed(before);
    if (isOrderly
        && before != null
        && before.prelude() instanceof Recovery older
        && follower.prelude() instanceof Recovery newer) {
      newer.succeed(older);
    }
    int request = key.request(requested);
    hub.atThisPlace(
        () -> {
          plain.takeEffect(key, request, requested);
          if (before != null) {
            before.giveWayTo(follower);
          }
          follower.tellFromHere();
        });
    if (before != null && !isOrderly) {
      hub.workers()
          .submit(new Task("dropping what followed " + key, () -> followers.remove(before)));
    }
  }

  /** What keeps the state of a directory's key as it was told, if something does. */
  static @Nullable Recovery recovery(Key key) {
    Follower follower = key.follower();
    boolean isKept = !key.requested().file() && key.requested().recovering().rescan();
    return isKept && follower != null && follower.prelude() instanceof Recovery recovery
        ? recovery
        : null;
  }

  /** A key is over. */
  void forget(Key key) {
    fileKeys.remove(key.watchable().toAbsolutePath(), key);
  }

  /** How many keys of single files there are. Any thread may ask. */
  int fileCount() {
    return fileKeys.size();
  }

  void close() {
    fileKeys.clear();
  }
}
