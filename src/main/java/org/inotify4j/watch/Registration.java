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
 * What a key asked to hear, in bits, and how an event of the kernel matches it.
 *
 * <p>{@link #kinds} answers with {@link org.inotify4j.pending.KindBits}, which say as which kinds
 * an event is delivered.
 *
 * @param standard the standard kinds, as {@link org.inotify4j.pending.KindBits}
 * @param flags the event flags whose own kinds were asked for
 * @param renames whether both ends of a move are to be joined
 * @param noFollow {@link INotifyModifiers#NOFOLLOW}
 * @param excludesUnlinked {@link INotifyModifiers#EXCLUDE_UNLINKED}
 * @param oneShot {@link INotifyModifiers#ONESHOT}
 * @param unwatched whether directories that cannot be watched are to be told
 * @param recursive {@link INotifyModifiers#RECURSIVE}
 * @param exclusion what is left out of a tree
 * @param file {@link INotifyModifiers#FILE}
 * @param recovering what is told beyond what happens
 */
record Registration(
    int standard,
    int flags,
    boolean renames,
    boolean noFollow,
    boolean excludesUnlinked,
    boolean oneShot,
    boolean unwatched,
    boolean recursive,
    Exclusion exclusion,
    boolean file,
    Recovering recovering)
    implements Interests {

  /** Hears nothing. */
  static final Registration NOTHING =
      new Registration(
          0, 0, false, false, false, false, false, false, Exclusion.NONE, false, Recovering.NONE);

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
            && renames == asked.renames
            && noFollow == asked.noFollow
            && excludesUnlinked == asked.excludesUnlinked
            && oneShot == asked.oneShot
            && unwatched == asked.unwatched
            && recursive == asked.recursive
            && file == asked.file
            && exclusion.equals(asked.exclusion)
            && recovering.equals(asked.recovering));
  }

  @Override
  public int hashCode() {
    return (31 * standard + flags) * 31 + exclusion.hashCode();
  }

  /** The kinds of a registration, yet without modifiers. */
  @SuppressWarnings("ReferenceEquality") // As the JDK: another's kind may say that it equals one.
  static Registration ofKinds(WatchEvent.Kind<?>[] kinds) {
    int standard = 0;
    int flags = 0;
    boolean renames = false;
    boolean unwatched = false;
    Recovering recovering = Recovering.NONE;
    for (WatchEvent.Kind<?> kind : kinds.clone()) {
      if (kind == null) {
        throw new NullPointerException("An element in event set is 'null'");
      } else if (kind == StandardWatchEventKinds.ENTRY_CREATE) {
        standard |= AS_CREATE;
      } else if (kind == StandardWatchEventKinds.ENTRY_DELETE) {
        standard |= AS_DELETE;
      } else if (kind == StandardWatchEventKinds.ENTRY_MODIFY) {
        standard |= AS_MODIFY;
      } else if (kind instanceof INotifyEventKinds.OfFlag extended) {
        flags |= extended.flag().bit();
      } else if (kind == INotifyEventKinds.RENAME) {
        renames = true;
      } else if (kind == INotifyEventKinds.UNWATCHED) {
        unwatched = true;
      } else if (kind == INotifyEventKinds.EXISTS || kind == INotifyEventKinds.READY) {
        recovering = Recovering.NAMED;
      } else if (kind != StandardWatchEventKinds.OVERFLOW) {
        throw new UnsupportedOperationException(kind.name());
      }
    }
    if (standard == 0 && flags == 0 && !renames && !unwatched && !recovering.isNamed()) {
      throw new IllegalArgumentException("No events to register");
    }
    return new Registration(
        standard,
        flags,
        renames,
        false,
        false,
        false,
        unwatched,
        false,
        Exclusion.NONE,
        false,
        recovering);
  }

  Registration with(WatchEvent.Modifier[] modifiers) {
    if (modifiers.length == 0) {
      recovering.check(oneShot, file);
      return this;
    }
    boolean noFollows = noFollow;
    boolean excludes = excludesUnlinked;
    boolean once = oneShot;
    boolean whole = recursive;
    boolean single = file;
    Exclusion left = exclusion;
    Recovering more = recovering;
    for (WatchEvent.Modifier modifier : modifiers) {
      Objects.requireNonNull(modifier, "a modifier is null");
      if (modifier instanceof INotifyModifiers.Option option) {
        switch (option) {
          case NOFOLLOW -> noFollows = true;
          case EXCLUDE_UNLINKED -> excludes = true;
          case ONESHOT -> once = true;
          case RECURSIVE -> whole = true;
          case FILE -> single = true;
          case INITIAL -> more = more.withInitial();
          case RESCAN -> more = more.withRescan();
        }
      } else if (modifier instanceof Recovering.Since since) {
        more = more.with(since);
      } else if (modifier instanceof Polling often) {
        more = more.with(often);
      } else if (modifier instanceof Exclusion excluding) {
        left = left.and(excluding);
      } else if (isOfJdk(modifier, "ExtendedWatchEventModifier")
          && modifier.name().equals("FILE_TREE")) {
        whole = true;
      } else if (!isOfJdk(modifier, "SensitivityWatchEventModifier")) {
        throw new UnsupportedOperationException("Modifier not supported: " + modifier.name());
      }
    }
    if (single && whole) {
      throw new IllegalArgumentException("FILE and RECURSIVE exclude each other");
    }
    if (!whole && !left.rules().isEmpty()) {
      throw new IllegalArgumentException(
          "exclude(...) leaves entries out of a tree: it needs RECURSIVE as well");
    }
    left.check();
    more.check(once, single);
    return new Registration(
        standard, flags, renames, noFollows, excludes, once, unwatched, whole, left, single, more);
  }

  /** One of the JDK's own modifiers; known by name, as their module is optional. */
  private static boolean isOfJdk(WatchEvent.Modifier modifier, String type) {
    return modifier instanceof Enum<?> constant
        && constant.getDeclaringClass().getName().equals("com.sun.nio.file." + type);
  }

  /** The same, polled. */
  Registration polled(Polling polling) {
    return new Registration(
        standard,
        flags,
        renames,
        noFollow,
        excludesUnlinked,
        oneShot,
        unwatched,
        recursive,
        exclusion,
        file,
        recovering.with(polling));
  }

  /** How it is polled, or null where the properties decide. */
  @Nullable Polling polling() {
    return recovering.polling();
  }

  /** Whether a follower tells the key of a directory, and not its watch alone. */
  boolean isFollowed() {
    return recursive || (!file && recovering.isAnything());
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
    if (renames) {
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
    return excludesUnlinked ? events() | EXCL_UNLINK.bit() : events();
  }

  /** The options of the path for placing the watch. */
  int pathOptions() {
    return noFollow ? Mask.of(ONLYDIR, DONT_FOLLOW) : ONLYDIR.bit();
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
