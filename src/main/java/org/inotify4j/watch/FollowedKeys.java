package org.inotify4j.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.file.NameInterests;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.recovery.Recovery;
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

  /** The keys of single files, by the bytes of their absolute paths. */
  private final Map<ByteBuffer, Key> fileKeys = new ConcurrentHashMap<>();

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
    Follower tree = newFollowers().treeOf(key, audience(key, requested), directory, requested);
    FlightEvents.Span span = FlightEvents.tree();
    boolean isBuilt;
    try {
      isBuilt = place(key, tree, requested);
    } catch (NoSuchFileException e) {
      return false; // Its path leads elsewhere since it was built, or nowhere.
    }
    int watches = tree.model().watchCount() + 1;
    span.end(directory, (long) watches + tree.model().unwatchedCount(), watches);
    return isBuilt;
  }

  private KeyFollowers newFollowers() {
    return new KeyFollowers(hub, registrations.budget(), names, followers, polls);
  }

  private KeyAudience audience(Key key, Registration requested) {
    return new KeyAudience(key, requested, registrations);
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
            boolean unused =
                place(
                    key,
                    newFollowers().fileOf(key, audience(key, requested), requested),
                    requested);
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
        bytes(path),
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
    boolean goesOn = before != null && (isOrderly || requested.recovering().rescan());
    if (before != null && !(goesOn && follower.prelude().succeed(before.prelude()))) {
      before.looksNoMore();
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
          .submit(new Task("dropping what followed " + key, () -> followers.dropWaiting(before)));
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
    fileKeys.remove(bytes(key.watchable()), key);
  }

  /** Those of its absolute path, which is the same in whatever file system a program has it. */
  private static ByteBuffer bytes(Path path) {
    return ByteBuffer.wrap(PathBytes.of(path.toAbsolutePath()));
  }

  /** How many keys of single files there are. Any thread may ask. */
  int fileCount() {
    return fileKeys.size();
  }

  void close() {
    fileKeys.clear();
  }
}
