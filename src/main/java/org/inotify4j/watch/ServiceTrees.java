package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The trees of one service: registers them, puts one in the place of another, and ends them. */
final class ServiceTrees {

  private final Hub hub;
  private final Subscriber subscriber;
  private final INotifyWatchService service;

  /** Also those that are being built. */
  private final Set<Tree> trees = ConcurrentHashMap.newKeySet();

  /** One thread at a time builds a tree. */
  private final ReentrantLock building = new ReentrantLock();

  ServiceTrees(Hub hub, Subscriber subscriber, INotifyWatchService service) {
    this.hub = hub;
    this.subscriber = subscriber;
    this.service = service;
  }

  /** Watches a directory with everything below; the key's tree is built anew if it is another. */
  Key register(Path directory, Registration asked) throws IOException {
    building.lock();
    try {
      while (true) {
        Key key = hub.register(subscriber, service, directory, asked);
        boolean isThere = key.tree() != null && key.asked().equals(asked);
        if (isThere || build(key, asked)) {
          return key;
        }
        service.checkOpen();
      }
    } finally {
      building.unlock();
    }
  }

  /** Builds the tree of a key; false if its path leads elsewhere by now. */
  private boolean build(Key key, Registration asked) throws IOException {
    boolean isNewKey = key.wasMadeFor(asked);
    Tree tree = new Tree(hub, service, this, key, asked);
    trees.add(tree);
    boolean isBuilt = false;
    try {
      isBuilt = tree.build();
      if (isBuilt) {
        putInPlace(tree, asked);
      }
      service.checkOpen();
    } catch (IOException e) {
      service.checkOpen();
      throw e;
    } finally {
      if (!isBuilt || !key.isValid()) {
        remove(tree);
        if (isNewKey) {
          service.cancel(key);
        }
      }
    }
    return isBuilt;
  }

  /** Has a tree tell its key from here on, in place of what told it before. */
  private void putInPlace(Tree tree, Registration asked) {
    Key key = tree.key();
    Tree before = key.changeTree(tree);
    CountDownLatch beforeIsDone = new CountDownLatch(before == null ? 0 : 1);
    int ask = key.ask(asked);
    hub.atThisPlace(
        held -> {
          held.releaseAll(key);
          key.settle(ask, asked);
          if (before != null) {
            before.tellUntilHere();
            before.whenSettled(beforeIsDone::countDown);
          }
          tree.tellFromHere(beforeIsDone);
        });
    tree.catchUp();
    tree.start();
    if (before != null) {
      remove(before);
    }
  }

  /** Drops a tree with all of its watches; its key has none any more, or another one. */
  void remove(Tree tree) {
    trees.remove(tree);
    tree.close();
  }

  /** A tree tells nothing any more: its root is gone, or its one event was told. */
  void ended(Tree tree) {
    hub.cancel(subscriber, service, tree.key());
    remove(tree);
  }

  void overflow() {
    trees.forEach(Tree::overflow);
  }

  /** Acts when the trees have told all that they have. */
  void whenSettled(Runnable action) {
    List<Tree> all = trees.stream().filter(Tree::isStarted).toList();
    AtomicInteger left = new AtomicInteger(all.size() + 1);
    Runnable one =
        () -> {
          if (left.decrementAndGet() == 0) {
            action.run();
          }
        };
    all.forEach(tree -> tree.whenSettled(one));
    one.run();
  }

  /** Lets nobody wait for what will not come any more. */
  void endSyncs() {
    trees.forEach(Tree::endSyncs);
  }

  /** Makes the keys invalid, also of those whose roots are gone. */
  void invalidateKeys() {
    trees.forEach(tree -> tree.key().invalidate());
  }

  void close() {
    trees.forEach(this::remove);
  }

  /** How many directories are watched below those that are registered. */
  int watchCountBelow() {
    return trees.stream().mapToInt(tree -> Math.max(0, tree.watchCount() - 1)).sum();
  }
}
