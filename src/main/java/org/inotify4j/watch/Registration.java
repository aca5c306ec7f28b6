package org.inotify4j.watch;

import static org.inotify4j.Flag.ATTRIB;
import static org.inotify4j.Flag.CREATE;
import static org.inotify4j.Flag.DELETE;
import static org.inotify4j.Flag.DELETE_SELF;
import static org.inotify4j.Flag.DONT_FOLLOW;
import static org.inotify4j.Flag.EXCL_UNLINK;
import static org.inotify4j.Flag.MODIFY;
import static org.inotify4j.Flag.MOVED_FROM;
import static org.inotify4j.Flag.MOVED_TO;
import static org.inotify4j.Flag.MOVE_SELF;
import static org.inotify4j.Flag.ONLYDIR;
import static org.inotify4j.pending.KindBits.AS_CREATE;
import static org.inotify4j.pending.KindBits.AS_DELETE;
import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.inotify4j.pending.KindBits.AS_MODIFY;

import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.Objects;
import org.inotify4j.Mask;
import org.inotify4j.follow.Interests;
import org.jspecify.annotations.Nullable;

/**
 * What a key asked to hear, in bits, and as what a record matches it.
 *
 * <p>{@link #kinds} answers with {@link org.inotify4j.pending.KindBits}, which say as which kinds
 * an event is delivered.
 *
 * @param standard the standard kinds, as {@link org.inotify4j.pending.KindBits}
 * @param flags the event flags whose own kinds were asked for
 * @param options what else: bits of this class
 * @param exclusion what is left out of a tree
 * @param recovering what is told beyond what happens
 */
record Registration(
    int standard, int flags, int options, Exclusion exclusion, Recovering recovering)
    implements Interests {

  /** Hears nothing. */
  static final Registration NOTHING = new Registration(0, 0, 0, Exclusion.NONE, Recovering.NONE);

  // The options. No types of their own: a registration without any is not to wait for these.

  private static final int NOFOLLOW = 1;
  private static final int EXCLUDES_UNLINKED = 2;
  private static final int ONESHOT = 4;
  private static final int RECURSIVE = 8;
  private static final int FILE = 16;
  private static final int RENAMES = 32;
  private static final int UNWATCHED = 64;

  private static final int CREATED = Mask.of(CREATE, MOVED_TO);
  private static final int DELETED = Mask.of(DELETE, MOVED_FROM);
  private static final int MODIFIED = Mask.of(MODIFY, ATTRIB);

  /** What a tree must hear to know itself. */
  private static final int STRUCTURE =
      Mask.of(CREATE, DELETE, MOVED_FROM, MOVED_TO, MOVE_SELF, ATTRIB);

  // By hand: a record's own is made when it is first called, which takes longer than all the rest
  // of a registration; and the JDK keeps the types of what that compares, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Registration asked
            && standard == asked.standard
            && flags == asked.flags
            && options == asked.options
            && exclusion.equals(asked.exclusion)
            && recovering.equals(asked.recovering));
  }

  @Override
  public int hashCode() {
    return (31 * standard + flags) * 31 + exclusion.hashCode();
  }

  // From what the program gives.

  /** The kinds of a registration, yet without modifiers. */
  @SuppressWarnings("ReferenceEquality") // As the JDK: another's kind may say that it equals one.
  static Registration ofKinds(WatchEvent.Kind<?>[] kinds) {
    int standard = 0;
    int flags = 0;
    int options = 0;
    Recovering recovering = Recovering.NONE;
    for (WatchEvent.Kind<?> kind : kinds.clone()) {
      if (kind == null) {
        throw new NullPointerException("An element in event set is 'null'");
      } else if (kind instanceof INotifyEventKinds.OfFlag extended) {
        flags |= extended.flag().bit();
      } else if (kind == INotifyEventKinds.RENAME) {
        options |= RENAMES;
      } else if (kind == INotifyEventKinds.UNWATCHED) {
        options |= UNWATCHED;
      } else if (kind == INotifyEventKinds.EXISTS || kind == INotifyEventKinds.READY) {
        recovering = Recovering.NAMED;
      } else {
        standard |= standard(kind);
      }
    }
    if (standard == 0 && flags == 0 && options == 0 && !recovering.isNamed()) {
      throw new IllegalArgumentException("No events to register");
    }
    return new Registration(standard, flags, options, Exclusion.NONE, recovering);
  }

  @SuppressWarnings("ReferenceEquality") // As above.
  private static int standard(WatchEvent.Kind<?> kind) {
    if (kind == StandardWatchEventKinds.ENTRY_CREATE) {
      return AS_CREATE;
    } else if (kind == StandardWatchEventKinds.ENTRY_DELETE) {
      return AS_DELETE;
    } else if (kind == StandardWatchEventKinds.ENTRY_MODIFY) {
      return AS_MODIFY;
    } else if (kind != StandardWatchEventKinds.OVERFLOW) {
      throw new UnsupportedOperationException(kind.name());
    }
    return 0;
  }

  /** The same, with modifiers. */
  Registration with(WatchEvent.Modifier[] modifiers) {
    Registration all = this;
    for (WatchEvent.Modifier modifier : modifiers) {
      Objects.requireNonNull(modifier, "a modifier is null");
      all = all.with(modifier);
    }
    if (all.file() && all.recursive()) {
      throw new IllegalArgumentException("FILE and RECURSIVE exclude each other");
    }
    if (!all.recursive() && !all.exclusion.rules().isEmpty()) {
      throw new IllegalArgumentException(
          "exclude(...) leaves entries out of a tree: it needs RECURSIVE as well");
    }
    all.exclusion.check();
    all.recovering.check(all.oneShot(), all.file());
    return all;
  }

  private Registration with(WatchEvent.Modifier modifier) {
    if (modifier instanceof INotifyModifiers.Option option) {
      return with(option);
    } else if (modifier instanceof Recovering.Since since) {
      return with(recovering.with(since));
    } else if (modifier instanceof Polling often) {
      return with(recovering.with(often));
    } else if (modifier instanceof Exclusion excluding) {
      return new Registration(standard, flags, options, exclusion.and(excluding), recovering);
    } else if (isOfJdk(modifier, "ExtendedWatchEventModifier")
        && modifier.name().equals("FILE_TREE")) {
      return with(RECURSIVE);
    } else if (!isOfJdk(modifier, "SensitivityWatchEventModifier")) {
      throw new UnsupportedOperationException("Modifier not supported: " + modifier.name());
    }
    return this;
  }

  private Registration with(INotifyModifiers.Option option) {
    return switch (option) {
      case NOFOLLOW -> with(NOFOLLOW);
      case EXCLUDE_UNLINKED -> with(EXCLUDES_UNLINKED);
      case ONESHOT -> with(ONESHOT);
      case RECURSIVE -> with(RECURSIVE);
      case FILE -> with(FILE);
      case INITIAL -> with(recovering.withInitial());
      case RESCAN -> with(recovering.withRescan());
    };
  }

  private Registration with(int option) {
    return new Registration(standard, flags, options | option, exclusion, recovering);
  }

  private Registration with(Recovering other) {
    return new Registration(standard, flags, options, exclusion, other);
  }

  /** One of the JDK's own modifiers; known by name, as their module is optional. */
  private static boolean isOfJdk(WatchEvent.Modifier modifier, String type) {
    return modifier instanceof Enum<?> constant
        && constant.getDeclaringClass().getName().equals("com.sun.nio.file." + type);
  }

  /** The same, polled. */
  Registration polled(Polling polling) {
    return with(recovering.with(polling));
  }

  // What was asked for.

  private boolean has(int option) {
    return (options & option) != 0;
  }

  /** {@link INotifyModifiers#NOFOLLOW}. */
  boolean noFollow() {
    return has(NOFOLLOW);
  }

  /** {@link INotifyModifiers#EXCLUDE_UNLINKED}. */
  boolean excludesUnlinked() {
    return has(EXCLUDES_UNLINKED);
  }

  /** {@link INotifyModifiers#ONESHOT}. */
  boolean oneShot() {
    return has(ONESHOT);
  }

  /** {@link INotifyModifiers#RECURSIVE}. */
  boolean recursive() {
    return has(RECURSIVE);
  }

  /** {@link INotifyModifiers#FILE}. */
  boolean file() {
    return has(FILE);
  }

  @Override
  public boolean renames() {
    return has(RENAMES);
  }

  @Override
  public boolean unwatched() {
    return has(UNWATCHED);
  }

  /** How it is polled, or null where the properties decide. */
  @Nullable Polling polling() {
    return recovering.polling();
  }

  /** Whether a follower tells the key of a directory, and not its watch alone. */
  boolean isFollowed() {
    return recursive() || (!file() && recovering.isAnything());
  }

  /** The event bits that the kernel is to report. */
  int events() {
    int mask = flags & Mask.ALL_EVENTS;
    if ((standard & AS_CREATE) != 0) {
      mask |= CREATED;
    }
    if ((standard & AS_DELETE) != 0) {
      mask |= DELETED;
    }
    if ((standard & AS_MODIFY) != 0) {
      mask |= MODIFIED;
    }
    if (renames()) {
      mask |= Mask.MOVE;
    }
    if (isFollowed()) {
      mask |= STRUCTURE;
    }
    if (mask == 0) {
      // Only UNMOUNT was asked for, which comes unasked; but a watch needs some event.
      mask = DELETE_SELF.bit();
    }
    return mask;
  }

  @Override
  public int mask() {
    return excludesUnlinked() ? events() | EXCL_UNLINK.bit() : events();
  }

  /** The options of the path for placing the watch. */
  int pathOptions() {
    return noFollow() ? Mask.of(ONLYDIR, DONT_FOLLOW) : ONLYDIR.bit();
  }

  @Override
  public int kindsOfReplacement(int mask) {
    return ((flags & mask) != 0 ? AS_FLAG : 0) | (standard & AS_MODIFY);
  }

  @Override
  public int kinds(int mask, boolean hasName) {
    int as = (flags & mask) != 0 ? AS_FLAG : 0;
    if (hasName) {
      if ((mask & CREATED) != 0) {
        as |= standard & AS_CREATE;
      } else if ((mask & DELETED) != 0) {
        as |= standard & AS_DELETE;
      } else if ((mask & MODIFIED) != 0) {
        as |= standard & AS_MODIFY;
      }
    }
    return as;
  }
}
