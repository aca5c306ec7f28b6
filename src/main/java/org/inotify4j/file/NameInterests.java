package org.inotify4j.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
 * What the single files of a service depend on: names in directories, the directories above, and
 * the files themselves. Each has one watch for all of them, and a record goes to those only whom it
 * concerns.
 *
 * <p>The hub's lock guards it.
 */
public final class NameInterests implements Subscriber {

  /** What changes which file a name stands for. */
  static final int CHANGES = Mask.of(Flag.CREATE, Flag.DELETE) | Mask.MOVE;

  /**
   * Marks the MOVED_TO of a name that was exchanged for another in one step, and was the first of
   * the two: the kernel reports that it went, and then that another came. No bit of the kernel's.
   */
  static final int EXCHANGED = 0x0010_0000;

  private static final int STRUCTURE = CHANGES | Mask.of(Flag.ATTRIB, Flag.MOVE_SELF);
  private static final int OF_ITSELF = Mask.of(Flag.MOVE_SELF, Flag.ATTRIB);

  private final Hub hub;
  private final Subscription subscription;
  private final IntMap<Watched> watches = new IntMap<>();
  private final KernelRecord changed = new KernelRecord();

  /** What each file depends on. */
  private final Map<Dependent, Set<PathStep>> byFile = new HashMap<>();

  /** How many watches there are, for who asks without the lock. */
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
  int addName(int directory, EntryName name, int events, Dependent file) {
    int mask = STRUCTURE | (events & Mask.ALL_EVENTS);
    return hub.watch(
        subscription,
        directory,
        mask,
        (wd, isNew) -> take(new PathStep(wd, name, PathStep.Role.FILE), mask, file));
  }

  /** Watches a directory on the way that is open, or {@code -errno}. */
  int addDirectory(int directory, Dependent file) {
    int mask = InodeWatch.MOVED;
    return hub.watch(
        subscription,
        directory,
        mask,
        (wd, isNew) -> take(PathStep.of(wd, PathStep.Role.DIRECTORY), mask, file));
  }

  /** Watches an entry of an open directory itself, or {@code -errno}. */
  int addContent(int directory, byte[] name, int mask, Dependent file) {
    return hub.watchEntry(
        subscription,
        directory,
        name,
        mask,
        (wd, isNew) -> take(PathStep.of(wd, PathStep.Role.CONTENT), mask, file));
  }

  /** Notes who depends on what is watched now; false if it is over. */
  private boolean take(PathStep step, int mask, Dependent file) {
    Watched watched = watches.get(step.wd());
    if (file.isClosed()) {
      if (watched == null) {
        hub.unsubscribe(subscription, step.wd());
      }
      return false;
    }
    if (watched == null) {
      watched = new Watched();
      watches.put(step.wd(), watched);
      watchCount = watches.size();
    }
    watched.mask |= mask;
    file.wants(step.role(), mask);
    watched.files(step).merge(file, 1, Integer::sum);
    byFile.computeIfAbsent(file, any -> new HashSet<>(8)).add(general(step));
    return true;
  }

  /** Of a name it does not matter here what is there. */
  private static PathStep general(PathStep step) {
    return step.name().isEmpty() || step.role() == PathStep.Role.FILE
        ? step
        : new PathStep(step.wd(), step.name(), PathStep.Role.FILE);
  }

  /** Takes back one time that something was added. In the file's own thread. */
  void remove(List<PathStep> steps, Dependent file) {
    if (!steps.isEmpty()) {
      List<PathStep> gone = new ArrayList<>();
      hub.underLock(
          () -> {
            for (PathStep step : steps) {
              PathStep general = general(step);
              if (remove(general, file, false)) {
                gone.add(general);
              }
            }
          });
      file.late().lose(gone);
    }
  }

  /** Takes back all that was added for a file, which is closed. */
  void removeAll(Dependent file) {
    hub.underLock(
        () -> {
          for (PathStep step : List.copyOf(byFile.getOrDefault(file, Set.of()))) {
            boolean unused = remove(step, file, true);
          }
        });
  }

  /** Whether the file does not depend on it any more. */
  private boolean remove(PathStep step, Dependent file, boolean isLast) {
    Watched watched = watches.get(step.wd());
    if (watched == null) {
      return false;
    }
    Map<Dependent, Integer> files = watched.files(step);
    files.computeIfPresent(file, (any, count) -> isLast || count == 1 ? null : count - 1);
    if (files.containsKey(file)) {
      return false;
    }
    forget(file, step);
    if (files.isEmpty()) {
      watched.names.remove(step.name());
    }
    if (watched.isUnused()) {
      watches.remove(step.wd());
      watchCount = watches.size();
      hub.unsubscribe(subscription, step.wd());
    } else if (watched.forget(file.wanted(step.role())) && hub.isMaskOther(step.wd())) {
      boolean unused = maskIsOther(step.wd());
    }
    return true;
  }

  private void forget(Dependent file, PathStep step) {
    Set<PathStep> steps = byFile.get(file);
    if (steps != null) {
      steps.remove(step);
      if (steps.isEmpty()) {
        byFile.remove(file);
      }
    }
  }

  /** Looks again where something is mounted from here on. */
  void hearMounts() {
    hub.hearMounts(subscription);
  }

  @Override
  public void mountsChanged(List<String> points, boolean areAll) {
    byFile.keySet().forEach(Dependent::lookAtMounts);
  }

  /** How many watches there are. Any thread may ask. */
  public int watchCount() {
    return watchCount;
  }

  @Override
  public boolean record(KernelRecord record) {
    Watched watched = watches.get(record.wd());
    if (watched == null) {
      return false;
    }
    boolean woken = false;
    if (record.nameLength() > 0) {
      KernelRecord named = record;
      EntryName name = record.entryName();
      Map<Dependent, Integer> files = watched.names.getOrDefault(name, Map.of());
      if ((record.mask() & Mask.MOVE) != 0 && watched.exchange.ends(record, !files.isEmpty())) {
        changed.set(record.wd(), record.mask() | EXCHANGED, record.cookie(), name);
        named = changed;
      }
      for (Dependent file : files.keySet()) {
        woken |= file.inbox().add(named);
      }
    } else {
      for (Dependent file : watched.concernedByItself(record.mask())) {
        woken |= file.inbox().add(record);
      }
    }
    return woken;
  }

  @Override
  public void watchEnded(int wd) {
    Watched watched = watches.remove(wd);
    watchCount = watches.size();
    if (watched != null) {
      Set<Dependent> all = watched.all();
      for (Dependent file : all) {
        for (PathStep step : List.copyOf(byFile.getOrDefault(file, Set.of()))) {
          if (step.wd() == wd) {
            forget(file, step);
          }
        }
      }
      all.forEach(file -> file.inbox().addEnd(wd));
    }
  }

  @Override
  public void recordsLost(int wd) {
    Watched watched = watches.get(wd);
    if (watched != null) {
      watched.all().forEach(file -> file.inbox().overflow());
    }
  }

  @Override
  public int mask(int wd) {
    @Nullable Watched watched = watches.get(wd);
    return watched == null ? 0 : watched.mask();
  }

  /** One whose way leads through the directory watches it once more. */
  @Override
  public boolean maskIsOther(int wd) {
    Watched watched = watches.get(wd);
    Dependent file = watched == null ? null : watched.onWay();
    if (file != null) {
      file.replaceMasks();
    }
    return file != null;
  }

  /** What has a watch: with how often each file depends on it, twice while it looks again. */
  private static final class Watched {

    final Map<EntryName, Map<Dependent, Integer>> names = new HashMap<>(2);

    /** Whose way goes through it. */
    final Map<Dependent, Integer> passing = new HashMap<>(2);

    /** Whose file it is. */
    final Map<Dependent, Integer> content = new HashMap<>(2);

    final Exchange exchange = new Exchange();
    int mask;

    Map<Dependent, Integer> files(PathStep step) {
      return switch (step.role()) {
        case DIRECTORY -> passing;
        case CONTENT -> content;
        case FILE, LINK, MISSING -> names.computeIfAbsent(step.name(), any -> new HashMap<>(2));
      };
    }

    /** Who only passes takes nothing from others who want to hear of nothing that is unlinked. */
    int mask() {
      return names.isEmpty() && content.isEmpty() ? mask | Flag.EXCL_UNLINK.bit() : mask;
    }

    /** Forgets what only one wanted of it who has left; whether that is something. */
    boolean forget(int wanted) {
      int left = passing.isEmpty() ? wanted : wanted & ~InodeWatch.MOVED;
      left = unwanted(left, content, PathStep.Role.CONTENT);
      for (var all = names.values().iterator(); left != 0 && all.hasNext(); ) {
        left = unwanted(left, all.next(), PathStep.Role.FILE);
      }
      mask &= ~left;
      return left != 0;
    }

    /** Which of some bits none of these wants. Mostly the first one wants them all. */
    private static int unwanted(int bits, Map<Dependent, Integer> files, PathStep.Role role) {
      int left = bits;
      for (var all = files.keySet().iterator(); left != 0 && all.hasNext(); ) {
        left &= ~all.next().wanted(role);
      }
      return left;
    }

    /** One whose way leads through this directory, or null where this is none. */
    @Nullable Dependent onWay() {
      return Stream.concat(names.values().stream(), Stream.of(passing))
          .flatMap(files -> files.keySet().stream())
          .filter(file -> !file.isClosed())
          .findFirst()
          .orElse(null);
    }

    boolean isUnused() {
      return names.isEmpty() && passing.isEmpty() && content.isEmpty();
    }

    Set<Dependent> concernedByItself(int bits) {
      if (Flag.UNMOUNT.isIn(bits)) {
        return all();
      }
      Set<Dependent> concerned = new HashSet<>();
      if ((bits & OF_ITSELF) != 0) {
        names.values().forEach(files -> concerned.addAll(files.keySet()));
      }
      if ((bits & InodeWatch.MOVED) != 0) {
        concerned.addAll(passing.keySet());
      }
      if ((bits & (InodeWatch.CONTENT | InodeWatch.MOVED)) != 0) {
        concerned.addAll(content.keySet());
      }
      return concerned;
    }

    Set<Dependent> all() {
      Set<Dependent> all = new HashSet<>(passing.keySet());
      all.addAll(content.keySet());
      names.values().forEach(files -> all.addAll(files.keySet()));
      return all;
    }
  }
}
