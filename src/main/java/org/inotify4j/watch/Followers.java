package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.work.Task;

/**
 * The followers of one service: registers them, puts one in the place of another, and ends them.
 */
final class Followers {

  /** How often a path is looked at anew that leads elsewhere each time. */
  private static final int MOST_TRIES = 100;

  private final Hub hub;
  private final Subscriber subscriber;
  private final INotifyWatchService service;
  private final WatchedNames names;

  /** Also those that are being built. */
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  /** The keys of single files, by their absolute paths. */
  private final Map<Path, Key> fileKeys = new ConcurrentHashMap<>();

  Followers(Hub hub, Subscriber subscriber, INotifyWatchService service, WatchedNames names) {
    this.hub = hub;
    this.subscriber = subscriber;
    this.service = service;
    this.names = names;
  }

  /** Watches a directory with everything below; the key's tree is built anew if it is another. */
  Key registerTree(Path directory, Registration asked) throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Key key = hub.register(subscriber, service, directory, asked);
      OrderedLock registering = key.registering();
      registering.lock();
      try {
        // Who was before us may have failed, and then it is gone.
        if (key.isValid() && follow(key, directory, asked)) {
          return key;
        }
      } finally {
        registering.unlock();
      }
      service.checkOpen();
    }
    throw new FileSystemException(
        directory.toString(),
        null,
        "another directory was found there each time of "
            + MOST_TRIES
            + ": it is replaced all the time, or its file system does not keep its inode number");
  }

  private boolean follow(Key key, Path directory, Registration asked) throws IOException {
    boolean isThere =
        key.follower() instanceof Tree tree && tree.isAt(directory) && key.asked().equals(asked);
    return isThere || build(new Tree(hub, service, this, key, directory, asked), asked);
  }

  /** Watches a name, whatever is there. */
  Key registerFile(Path path, Registration asked) throws IOException {
    String last = String.valueOf(path.getFileName());
    if (path.getFileName() == null || List.of("", ".", "..").contains(last)) {
      throw new IllegalArgumentException("FILE wants a path that ends in a name: '" + path + "'");
    }
    while (true) {
      Key key = fileKey(path, asked);
      OrderedLock registering = key.registering();
      registering.lock();
      try {
        // Who was before us may have failed, and then it is gone.
        if (key.isValid()) {
          if (key.follower() == null || !key.asked().equals(asked)) {
            build(new WatchedFile(hub, service, this, names, key, asked), asked);
          }
          return key;
        }
      } finally {
        registering.unlock();
        if (!key.isValid()) {
          forget(key);
        }
      }
      service.checkOpen();
    }
  }

  /** The key of a name, or a new one. */
  private Key fileKey(Path path, Registration asked) {
    return fileKeys.compute(
        path.toAbsolutePath(),
        (absolute, known) ->
            known != null && known.isValid() ? known : service.newFileKey(path, asked));
  }

  /** Builds a follower; false if its key's path leads elsewhere by now. */
  private boolean build(Follower follower, Registration asked) throws IOException {
    Key key = follower.key;
    boolean isInPlace = false;
    followers.add(follower);
    try {
      service.checkOpen();
      // Where there is no room for its thread, nothing is begun.
      hub.workers().prepare();
      if (follower.build()) {
        putInPlace(follower, asked);
        service.checkOpen();
        isInPlace = true;
      }
      return isInPlace;
    } catch (IOException e) {
      service.checkOpen();
      throw e;
    } finally {
      if (!isInPlace || !key.isValid()) {
        remove(follower);
        if (follower.equals(key.follower()) || key.wasMadeFor(asked)) {
          // Nobody tells it anything.
          service.cancel(key);
        }
      }
    }
  }

  /** Has a follower tell its key from here on, in place of what told it before. */
  private void putInPlace(Follower follower, Registration asked) {
    Follower current = follower.key.follower();
    if (current != null) {
      current.letPassWhoWaits();
    }
    // Under the lock, so that who asks for something else meanwhile does so before or after.
    hub.underLock(() -> replace(follower, asked));
    follower.catchUp();
    follower.isRegistered();
  }

  private void replace(Follower follower, Registration asked) {
    Key key = follower.key;
    Follower before = key.changeFollower(follower);
    boolean isOrderly = before == null || follower.succeed(before);
    int ask = key.ask(asked);
    hub.atThisPlace(
        held -> {
          held.releaseAll(key);
          key.settle(ask, asked);
          if (before != null) {
            before.giveWayTo(follower);
          }
          follower.tellFromHere();
        });
    if (before != null && !isOrderly) {
      hub.workers().submit(new Task("dropping what followed " + key, () -> remove(before)));
    }
  }

  /** Drops a follower with all of its watches; its key has none any more, or another one. */
  void remove(Follower follower) {
    followers.remove(follower);
    follower.close();
  }

  /** A follower tells nothing any more: what it followed is gone, or its one event was told. */
  void ended(Follower follower) {
    hub.cancel(subscriber, service, follower.key);
    forget(follower.key);
    remove(follower);
  }

  /** A key is over. */
  void forget(Key key) {
    fileKeys.remove(key.watchable().toAbsolutePath(), key);
  }

  void overflow() {
    followers.forEach(Follower::overflow);
  }

  /** Acts when the followers have told all that they have. */
  void whenSettled(Runnable action) {
    List<Follower> all = followers.stream().filter(Follower::isInPlace).toList();
    AtomicInteger left = new AtomicInteger(all.size() + 1);
    Runnable one =
        () -> {
          if (left.decrementAndGet() == 0) {
            action.run();
          }
        };
    all.forEach(follower -> follower.whenSettled(one));
    one.run();
  }

  /** Lets who registers see that the service is closed. */
  void wake() {
    followers.forEach(Follower::wakeRegistration);
  }

  void close() {
    followers.forEach(follower -> follower.key.invalidate());
    followers.forEach(this::remove);
    fileKeys.clear();
  }

  /** How many directories are watched beside those that have keys. */
  int watchCount() {
    return names.watchCount() + followers.stream().mapToInt(Follower::watchCount).sum();
  }
}
