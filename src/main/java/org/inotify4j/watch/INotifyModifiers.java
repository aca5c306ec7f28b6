package org.inotify4j.watch;

import java.nio.charset.StandardCharsets;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.Objects;
import org.inotify4j.snapshot.TreeSnapshot;

/** Options of a registration with an {@link INotifyWatchService}. */
public final class INotifyModifiers {

  /**
   * Do not follow a symbolic link at the end of the path: registering one is then refused, since it
   * is not a directory.
   */
  public static final WatchEvent.Modifier NOFOLLOW = Option.NOFOLLOW;

  /**
   * No events for entries that are unlinked already, though still open somewhere: {@link
   * org.inotify4j.Flag#EXCL_UNLINK}. Where another key watches the same directory without it, the
   * kernel reports such events, and they are heard by both.
   */
  public static final WatchEvent.Modifier EXCLUDE_UNLINKED = Option.EXCLUDE_UNLINKED;

  /** One event, and then the key is invalid. */
  public static final WatchEvent.Modifier ONESHOT = Option.ONESHOT;

  /**
   * Watch the directory with all directories below it, also those that come later. The contexts of
   * events are paths relative to the registered directory. Symbolic links are not followed. The
   * JDK's own {@code com.sun.nio.file.ExtendedWatchEventModifier.FILE_TREE} means the same.
   *
   * <p>What exists when the registration returns is watched. From then on a program can keep the
   * set of what exists from events alone:
   *
   * <ul>
   *   <li>{@code ENTRY_DELETE} of a directory, removed or moved out of the tree, ends everything
   *       below it.
   *   <li>A directory that comes is {@code ENTRY_CREATE}, which begins it anew, with nothing below
   *       it; then each entry below is {@code ENTRY_CREATE}, parents first.
   *   <li>A directory that gets another name within the tree is one {@link
   *       INotifyEventKinds#RENAME} that carries everything below, for who asked for it; for who
   *       did not, or where the kernel's events do not tell for sure that it is the same one, it is
   *       {@code ENTRY_DELETE} of the old path, and the new one comes.
   *   <li>After an {@code OVERFLOW} the tree is watched as it is then: a program that lists it
   *       misses nothing.
   * </ul>
   *
   * <p>What the kernel was silent about is told all the same, and is {@linkplain
   * INotifyWatchEvent#isSynthetic synthetic}. What a program needs for this is {@code ENTRY_CREATE}
   * and {@code ENTRY_DELETE}; any other mixture of kinds may be asked for.
   *
   * <p>Who wants each file when it is finished asks for {@link INotifyEventKinds#CLOSE_WRITE} and
   * {@link INotifyEventKinds#MOVED_TO}. A file that was finished before its new directory could be
   * watched is a synthetic {@code CLOSE_WRITE}, so that none is missed; one may be told twice. Such
   * a file is opened for a moment, for reading, to see whether somebody is still writing it: then
   * it is told when that is over. Of files of other users that is known to a privileged process
   * only: for any other one they count as finished.
   *
   * <p>The kinds about the watched object itself, such as {@link INotifyEventKinds#MOVE_SELF}, are
   * told of the registered directory only. When that is moved the key stays valid and contexts stay
   * right, but directories that come then cannot be reached and are not watched ({@link
   * INotifyEventKinds#UNWATCHED}), until it is back. A directory that is at two places, as by a
   * bind mount, is told of at one of them. Where a directory is mounted over another one of the
   * tree, or unmounted, that is told as the deletion of the one and the creation of the other, with
   * all that is in it, synthetic as what is found; of a file that is mounted over another nothing
   * is told ({@link #FILE} does). New directories are read, which is seen as their {@link
   * INotifyEventKinds#OPEN}, {@link INotifyEventKinds#ACCESS} and {@link
   * INotifyEventKinds#CLOSE_NOWRITE} where these are asked for.
   *
   * <p>A registration that does not fit into the limit on watches fails with an {@link
   * org.inotify4j.INotifyLimitException} that says how many are needed, and leaves nothing behind.
   * A directory that cannot be watched later, or may not be read, is told once as {@link
   * INotifyEventKinds#UNWATCHED}.
   *
   * <p>Another registration of the directory gives the same key: without this modifier the tree is
   * dropped, with it it is built anew.
   */
  public static final WatchEvent.Modifier RECURSIVE = Option.RECURSIVE;

  /**
   * Watch one name, whatever it stands for: a file, a directory or anything else, a link, or
   * nothing yet; its directory need not be there either. The context of every event is the empty
   * path, so {@code watchable.resolve(context)} is the file.
   *
   * <p>The key stays with the name, not with the file: it is valid until it is cancelled or the
   * service is closed.
   *
   * <ul>
   *   <li>{@code ENTRY_CREATE}: the name came to be. {@code ENTRY_DELETE}: it ceased.
   *   <li>{@code ENTRY_MODIFY}: the content or the attributes changed, or another file was put in
   *       its place, such as by an editor that writes aside and renames, or by an exchange of two
   *       names. An exchange with a name in another directory may be a deletion and a creation.
   *   <li>The kinds of {@link INotifyEventKinds}: what the kernel says of the name in its
   *       directory, and of the file, such as {@link INotifyEventKinds#CLOSE_WRITE} when somebody
   *       finished writing. Those about the watched object itself and {@link
   *       INotifyEventKinds#RENAME} do not occur.
   * </ul>
   *
   * <p>What is done to the file is told whichever of its names is used for it: another hard link,
   * or a bind mount. How many names it has is no change. Where it has one name only, what is done
   * by a descriptor that was opened by a name which is gone, or by none ({@code O_TMPFILE}), is not
   * told: inotify reports that of the name that was opened.
   *
   * <p>Links are followed, at the end of the path (unless {@link #NOFOLLOW} is given) and on the
   * way, and where any of them changes the path is followed again: if it leads to another file
   * then, that is one {@linkplain INotifyWatchEvent#isSynthetic synthetic} event, as {@code
   * ENTRY_MODIFY} and as {@link INotifyEventKinds#MOVED_TO}, and if it does not, none. So is it
   * when a directory on the way is renamed, exchanged, deleted or created, however far up.
   *
   * <p>It costs a watch for the file while it is there, and one for each directory on the way but
   * the root; all files share those of the directories. What may be searched and not listed cannot
   * be watched: where that is the file's own directory, what is done to the file is told, and that
   * another file gets its name is looked for now and then.
   *
   * <p>Where something is mounted on the way, or unmounted, it is looked again: what inotify does
   * not report the kernel tells who polls {@code /proc/self/mountinfo} ({@code
   * proc_pid_mountinfo(5)}).
   *
   * <p>Where the path cannot be followed any more, or not all of that be watched, for want of
   * permission or of a watch, that is told once as {@link INotifyEventKinds#UNWATCHED}, or logged
   * where that was not asked for, and tried again when permissions change, and after one second,
   * two, four, up to 64. When it works, and the file is the same one, that is one {@code
   * ENTRY_MODIFY}, since nobody knows what was missed.
   *
   * <p>Another registration of the path gives the same key and replaces the kinds. Not with {@link
   * #RECURSIVE}.
   */
  public static final WatchEvent.Modifier FILE = Option.FILE;

  /**
   * Tell first what is there: each existing entry as {@link INotifyEventKinds#EXISTS}, a directory
   * before what is in it, then one {@link INotifyEventKinds#READY}, then what happens. An entry
   * that comes meanwhile is told once, as existing or as created. So a program that keeps the set
   * of what exists needs no listing of its own, which would leave a gap or tell some twice.
   *
   * <p>For a directory, a tree ({@link #RECURSIVE}) and a single {@link #FILE}, whose existence is
   * told if it exists. However many entries there are, a listing never overflows what may be
   * pending at a key: it waits until the program polls, and what happens meanwhile waits behind it.
   * So does {@link INotifyWatchService#sync}.
   *
   * <p>Another registration of the same directory with this modifier tells all anew. Not with
   * {@link #ONESHOT} nor {@link #since}.
   */
  public static final WatchEvent.Modifier INITIAL = Option.INITIAL;

  /**
   * Never an {@code OVERFLOW}: where events are lost, what they would have said is found by
   * looking. The service keeps of each entry what the program was told of it, and compares the disk
   * with that after the kernel's queue has overflowed, or when there is room again at a key whose
   * events were not polled in time. The differences are told as the events that were lost,
   * synthetic as what is found: {@code ENTRY_CREATE}, {@code ENTRY_DELETE} and {@code
   * ENTRY_MODIFY}, or the kinds beside these that the key asked for, {@link
   * INotifyEventKinds#RENAME} among them, in an order in which they can be applied one by one.
   *
   * <ul>
   *   <li>A file that was replaced by another one is deleted and created. One that was written to
   *       is modified; who asked for {@link INotifyEventKinds#CLOSE_WRITE} hears that of a file
   *       that came or was written to and that nobody is known to be writing.
   *   <li>What leaves no trace is not made good: {@link INotifyEventKinds#OPEN}, {@link
   *       INotifyEventKinds#ACCESS}, {@link INotifyEventKinds#CLOSE_NOWRITE}, and what came and
   *       went while events were lost.
   *   <li>Told once more than need be is, at most, the modification of a file that was changed, or
   *       told of, since it was last quiet in the tree: when nothing happened for a moment, files
   *       that changed are looked at again, in a thread of the service.
   *   <li>Who is told of a file and reads it at once may find nothing, or another file, where a
   *       directory above has just moved. Should that be back among lost events, nothing differs;
   *       yet the file is told as modified, and read again. That holds for what is read within the
   *       moment in which the tree gets quiet (a tenth of a second), or while it is not: who reads
   *       later tries again what could not be read.
   * </ul>
   *
   * <p>It costs at most 60 bytes of heap for each entry beside its name, a look at each entry when
   * the key is registered, and that the kernel reports each change to the service also where the
   * key asks for few kinds; the looks are seen as {@link INotifyEventKinds#OPEN}, {@link
   * INotifyEventKinds#ACCESS} and {@link INotifyEventKinds#CLOSE_NOWRITE} of directories where
   * these are asked for. For a directory, a tree ({@link #RECURSIVE}) and a single {@link #FILE}.
   * Not with {@link #ONESHOT}.
   */
  public static final WatchEvent.Modifier RESCAN = Option.RESCAN;

  private INotifyModifiers() {}

  /**
   * Tell first what is different from a snapshot, then one {@link INotifyEventKinds#READY}, then
   * what happens: so nothing is lost while a program does not run. With {@link #RESCAN} the service
   * keeps the state as told, which {@link INotifyWatchService#snapshot} gives to be saved.
   *
   * <p>The differences are told as those of {@link #RESCAN}. A file that may have been changed just
   * before the snapshot was taken is told as modified once more. What the key excludes is passed
   * over, and so is, without {@link #RECURSIVE}, what is in directories below. What the filter of
   * the snapshot has left out, and the key does not exclude, is told as created.
   *
   * @param snapshot of the directory that is registered, by the same absolute path
   * @return a modifier, for a directory and for a tree; not with {@link #INITIAL}, {@link #FILE} or
   *     {@link #ONESHOT}
   */
  public static WatchEvent.Modifier since(TreeSnapshot snapshot) {
    return new Recovering.Since(Objects.requireNonNull(snapshot, "snapshot"));
  }

  /**
   * Leaves entries out of a tree: what matches is neither told nor watched, nor is anything below
   * it. It is decided before a watch is placed. For {@link #RECURSIVE} only: a registration without
   * it is refused.
   *
   * @param matcher is given paths relative to the registered directory, in any thread, in several
   *     at once where several trees have it, under no lock; should it throw, the path is not
   *     excluded. It should be quick: the events of its tree wait for it
   * @return a modifier, of which a registration may have several
   */
  public static WatchEvent.Modifier exclude(PathMatcher matcher) {
    return Exclusion.of(matcher);
  }

  /**
   * Leaves entries out of a tree, as {@link #exclude(PathMatcher)} does, by a line as of a {@code
   * .gitignore} at the registered directory: see gitignore(5).
   *
   * <table>
   *   <caption>Patterns</caption>
   *   <tr><th>pattern</th><th>leaves out</th></tr>
   *   <tr><td>{@code *.tmp}</td><td>each entry whose name matches, wherever it is</td></tr>
   *   <tr><td>{@code target/}</td><td>each directory of that name, wherever it is</td></tr>
   *   <tr><td>{@code /target}</td><td>that entry of the registered directory only</td></tr>
   *   <tr><td>{@code docs/*.html}</td><td>what matches in {@code docs} of the registered directory:
   *       a slash within makes it a whole path</td></tr>
   *   <tr><td><code>**&#47;logs/old</code></td><td>{@code logs/old}, at any depth</td></tr>
   *   <tr><td>{@code cache/**}</td><td>everything in {@code cache}, but not itself</td></tr>
   *   <tr><td><code>a/**&#47;b</code></td><td>{@code a/b}, {@code a/x/b}, {@code a/x/y/b}</td></tr>
   *   <tr><td>{@code [a-c]?}</td><td>two bytes, the first of them a, b or c; {@code [!a-c]} is any
   *       other one</td></tr>
   *   <tr><td>{@code \#a}, {@code \!a}, {@code a\*}</td><td>the characters themselves</td></tr>
   *   <tr><td>{@code !keep.tmp}</td><td>nothing: takes back what a pattern before it leaves out. What
   *       is below a directory that is left out stays so</td></tr>
   * </table>
   *
   * <p>Of several the last one that matches decides. Names are compared as bytes, whatever the
   * locale: the pattern's are those of UTF-8.
   *
   * @param pattern the line
   * @return a modifier, of which a registration may have several, in order
   * @throws IllegalArgumentException if nothing can match the pattern; the message says why, and
   *     how to write it
   */
  public static WatchEvent.Modifier exclude(String pattern) {
    return exclude(pattern.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Leaves entries out of a tree, as {@link #exclude(String)} does.
   *
   * @param pattern the bytes of the line
   * @return a modifier, of which a registration may have several, in order
   * @throws IllegalArgumentException if nothing can match the pattern; the message says why, and
   *     how to write it
   */
  public static WatchEvent.Modifier exclude(byte[] pattern) {
    return Exclusion.of(pattern);
  }

  /**
   * Poll what is watched, besides listening: go through it every so often, and tell what differs
   * from what was told of it. This is for file systems where inotify tells only of what is done
   * through this mount, and not of what other machines do, or whoever is beneath: NFS, SMB, 9p, the
   * shares of virtual machines, FUSE, and file systems of clusters.
   *
   * <p>Without this modifier the system property {@code inotify4j.poll} decides, and {@code
   * inotify4j.poll.interval} is the interval, two seconds where it is not set:
   *
   * <ul>
   *   <li>{@code auto} polls the parts of what is watched that are on such a file system, by the
   *       type that {@code statfs(2)} gives for each mount; a single file where its name leads by
   *       such a file system or to one, also later; and of a tree those directories that came later
   *       and that there is no watch for, until there is one. (If the tree was registered with
   *       {@link #INITIAL} or {@link #since}, or is partly on such a file system, {@link #RESCAN}
   *       is needed for that.) That is so for {@link #RECURSIVE} and {@link #FILE} where the
   *       property is not set.
   *   <li>{@code always} polls whatever the file system is.
   *   <li>{@code never} only listens. That is so for a directory without {@link #RECURSIVE} where
   *       the property is not set: there the JDK's own service only listens, too.
   * </ul>
   *
   * <p>With it, all that the registration watches is polled, whatever file system it is on and
   * whatever the property is: with {@link #RECURSIVE} the directory and everything below it that is
   * not excluded, with {@link #FILE} what the name stands for, and else the entries of the
   * directory. What is done through this mount is heard at once all the same, and told once.
   *
   * <p>What a poll finds is {@linkplain INotifyWatchEvent#isSynthetic synthetic}: {@code
   * ENTRY_CREATE}, {@code ENTRY_DELETE}, {@code ENTRY_MODIFY}, and {@link INotifyEventKinds#RENAME}
   * in a tree; what a file's inode, size and times do not show is not found. Two changes between
   * two rounds are told as the difference that they make. Without {@link #RESCAN}, an {@code
   * OVERFLOW} is told once more when what is there has been looked at anew, unless the first one is
   * still pending: what changed in silence before that is found by no round.
   *
   * <p>A round lists each directory and asks for the status of each entry; that takes about as long
   * as {@code find -newer} does. Where that would take more than a twenty-fourth of a processor,
   * with all else that is polled, the next one is later: polling never takes more than 5% of one,
   * however many registrations are polled, and of these the small ones keep their intervals. Of
   * several such modifiers the last counts.
   *
   * @param interval from the end of a round to the next; less than 10 milliseconds is taken for
   *     that
   * @return a modifier
   * @throws IllegalArgumentException if the interval is zero or negative
   */
  public static WatchEvent.Modifier poll(Duration interval) {
    return new Polling(interval);
  }

  /** The modifiers without an argument. */
  enum Option implements WatchEvent.Modifier {
    NOFOLLOW,
    EXCLUDE_UNLINKED,
    ONESHOT,
    RECURSIVE,
    FILE,
    INITIAL,
    RESCAN
  }
}
