package org.inotify4j.file;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.IntMap;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.hub.Subscriber;
import org.inotify4j.hub.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Which names in which directories the single files of a service depend on: a directory has one
 * watch for all of them, and an event goes to those only whose name it is.
 *
 * <p>The hub's lock guards it.
 */
public final class NameInterests implements Subscriber {

  /** What changes which file a name stands for. */
  static final int CHANGES = Mask.of(Flag.CREATE, Flag.DELETE) | Mask.MOVE;

  private static final int STRUCTURE = CHANGES | Mask.of(Flag.ATTRIB, Flag.MOVE_SELF);
  private static final int OF_ITSELF = Mask.of(Flag.MOVE_SELF, Flag.ATTRIB);

  private final Hub hub;
  private final Subscription subscription;
  private final IntMap<Directory> directories = new IntMap<>();

  /** The names that each file depends on. */
  private final Map<FileModel, Set<Name>> byFile = new HashMap<>();

  /** How many directories there are, for who asks without the lock. */
  private volatile int watchCount;

  public NameInterests(Hub hub, Subscription subscription) {
    this.hub = hub;
    this.subscription = subscription;
    subscription.bind(this);
  }

  /**
   * Watches a name in a directory that is open.
   *
   * @param events what the file wants to hear of it
   * @return the watch descriptor of the directory, or {@code -errno}
   */
  int add(int fd, EntryName name, int events, FileModel file) {
    int mask = STRUCTURE | (events & Mask.ALL_EVENTS);
    return hub.watch(subscription, fd, mask, (wd, isNew) -> take(wd, name, mask, file));
  }

  /** Notes who depends on a name whose directory is watched now; false if it is over. */
  private boolean take(int wd, EntryName name, int mask, FileModel file) {
    Directory directory = directories.get(wd);
    if (file.isClosed()) {
      if (directory == null) {
        hub.unsubscribe(subscription, wd);
      }
      return false;
    }
    if (directory == null) {
      directory = new Directory();
      directories.put(wd, directory);
      watchCount = directories.size();
    }
    directory.mask |= mask;
    directory.files.computeIfAbsent(name, any -> new HashMap<>(2)).merge(file, 1, Integer::sum);
    byFile.computeIfAbsent(file, any -> new HashSet<>(4)).add(new Name(wd, name));
    return true;
  }

  /** Takes back one {@link #add}. */
  void remove(int wd, EntryName name, FileModel file) {
    hub.underLock(() -> remove(new Name(wd, name), file, false));
  }

  /** Takes back every {@link #add} of a file, which is closed. */
  void removeAll(FileModel file) {
    hub.underLock(
        () -> {
          for (Name name : List.copyOf(byFile.getOrDefault(file, Set.of()))) {
            remove(name, file, true);
          }
        });
  }

  private void remove(Name name, FileModel file, boolean isLast) {
    Directory directory = directories.get(name.wd());
    Map<FileModel, Integer> files = directory == null ? null : directory.files.get(name.name());
    if (directory == null || files == null) {
      return;
    }
    files.computeIfPresent(file, (any, count) -> isLast || count == 1 ? null : count - 1);
    if (files.containsKey(file)) {
      return;
    }
    forget(file, name);
    if (files.isEmpty()) {
      directory.files.remove(name.name());
      if (directory.files.isEmpty()) {
        directories.remove(name.wd());
        watchCount = directories.size();
        hub.unsubscribe(subscription, name.wd());
      }
    }
  }

  private void forget(FileModel file, Name name) {
    Set<Name> names = byFile.get(file);
    if (names != null) {
      names.remove(name);
      if (names.isEmpty()) {
        byFile.remove(file);
      }
    }
  }

  /** How many directories are watched. Any thread may ask. */
  public int watchCount() {
    return watchCount;
  }

  @Override
  public boolean record(KernelRecord event) {
    Directory directory = directories.get(event.wd());
    if (directory == null) {
      return false;
    }
    boolean woken = false;
    if (event.nameLength() > 0) {
      for (FileModel file : directory.files.getOrDefault(event.entryName(), Map.of()).keySet()) {
        woken |= file.inbox().add(event);
      }
    } else if ((event.mask() & OF_ITSELF) != 0) {
      for (FileModel file : directory.all()) {
        woken |= file.inbox().add(event);
      }
    }
    return woken;
  }

  @Override
  public void watchEnded(int wd) {
    Directory directory = directories.remove(wd);
    watchCount = directories.size();
    if (directory != null) {
      directory.files.forEach(
          (name, files) -> files.keySet().forEach(file -> forget(file, new Name(wd, name))));
      directory.all().forEach(file -> file.inbox().addEnd(wd));
    }
  }

  @Override
  public void recordsLost(int wd) {
    Directory directory = directories.get(wd);
    if (directory != null) {
      directory.all().forEach(file -> file.inbox().overflow());
    }
  }

  @Override
  public int mask(int wd) {
    @Nullable Directory directory = directories.get(wd);
    return directory == null ? 0 : directory.mask;
  }

  /** A name in a directory. */
  private record Name(int wd, EntryName name) {}

  /** A directory, and who depends on which name in it. */
  private static final class Directory {

    /** With how often each file depends on a name: twice while it looks again. */
    final Map<EntryName, Map<FileModel, Integer>> files = new HashMap<>();

    int mask;

    Set<FileModel> all() {
      Set<FileModel> all = new HashSet<>();
      files.values().forEach(some -> all.addAll(some.keySet()));
      return all;
    }
  }
}
