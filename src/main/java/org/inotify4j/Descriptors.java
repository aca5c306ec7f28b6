package org.inotify4j;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import org.inotify4j.base.Insistently;
import org.inotify4j.base.UseCount;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The two descriptors of an {@link INotify}, and who is inside of a call with them: they are closed
 * by the last one to leave.
 *
 * <p>Beside the inotify descriptor there is an eventfd, which every waiting reader polls as well;
 * writing to it is the signal. {@link #close} marks the pair closed, signals, and leaves the
 * closing of the descriptors to whoever leaves last, so that no thread can meet a number that the
 * system has given to somebody else meanwhile.
 *
 * <p>The races:
 *
 * <ul>
 *   <li>close against enter: a thread either is counted before the close or is refused ({@link
 *       UseCount}).
 *   <li>the signal of close against the last thread to leave: close counts itself while it signals.
 *   <li>the signal of close against a reader that takes the signal of a wake-up off the eventfd,
 *       and with it the one that other readers are yet to see: {@link #takeSignal} looks for the
 *       mark afterwards, and signals anew.
 * </ul>
 *
 * <p>Where the eventfd cannot be written to, whatever the reason, a watch that is placed and
 * removed wakes the readers: its IGNORED makes the inotify descriptor readable. They must not wait
 * for ever for what nobody else can say.
 */
final class Descriptors implements Runnable {

  private static final int COUNTER = Long.BYTES;

  /** What is written to signal, once there was memory for it. */
  private static volatile @Nullable ByteBuffer kept;

  /** The path of a directory that is always there, with a NUL at its end. */
  private static final byte[] ROOT = {'/', 0};

  private static final int ANY_EVENT = Flag.DELETE_SELF.bit();

  private final LibC libC;
  private final int inotify;
  private final int eventfd;
  private final boolean closesInotify;

  /** What is written to signal: the kernel adds it to the eventfd's counter. Never changed. */
  private final ByteBuffer one;

  private final UseCount uses = new UseCount();

  /** Made at once: where there is no descriptor left, none can be loaded. */
  private final Runnable signalling = new Signalling();

  private Descriptors(LibC libC, int inotify, int eventfd, boolean closesInotify) {
    this.libC = libC;
    this.inotify = inotify;
    this.eventfd = eventfd;
    this.closesInotify = closesInotify;
    this.one = one();
    Insistently.prepare();
  }

  /**
   * Opens the two.
   *
   * @param flags of the inotify descriptor
   * @param closesInotify whether that one is closed with the eventfd
   */
  static Descriptors open(LibC libC, int flags, boolean closesInotify) throws IOException {
    int inotify = libC.inotifyInit1(flags);
    if (inotify < 0) {
      throw Failures.opening(inotify, libC);
    }
    int eventfd = libC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
    if (eventfd < 0) {
      // Which limit it was shows only while the inotify descriptor takes its place.
      IOException failure = Failures.opening(eventfd, libC);
      libC.close(inotify);
      throw failure;
    }
    try {
      return new Descriptors(libC, inotify, eventfd, closesInotify);
    } catch (Throwable e) {
      // No memory for it.
      libC.close(inotify);
      libC.close(eventfd);
      throw e;
    }
  }

  /** Closes both, whose instance could not be made. */
  void discard() {
    libC.close(inotify);
    libC.close(eventfd);
  }

  private static ByteBuffer one() {
    ByteBuffer known = kept;
    if (known == null) {
      known = ByteBuffer.allocateDirect(COUNTER).order(ByteOrder.nativeOrder()).putLong(0, 1);
      kept = known;
    }
    return known;
  }

  LibC libC() {
    return libC;
  }

  int inotify() {
    return inotify;
  }

  int eventfd() {
    return eventfd;
  }

  boolean isClosed() {
    return uses.isClosed();
  }

  /** Begins a call; {@link #exit} must follow. */
  void enter() throws ClosedChannelException {
    if (!uses.enter()) {
      throw new ClosedChannelException();
    }
  }

  /** Ends a call. */
  void exit() {
    if (uses.exit()) {
      giveBack();
    }
  }

  private void giveBack() {
    if (closesInotify) {
      libC.close(inotify);
    }
    libC.close(eventfd);
  }

  /** Makes {@link ReadinessPoll} return. Only between {@link #enter} and {@link #exit}. */
  void signal() {
    int result = libC.write(eventfd, one, COUNTER);
    if (result < 0 && isClosed()) {
      int wd = libC.inotifyAddWatch(inotify, ROOT, ANY_EVENT);
      if (wd > 0) {
        libC.inotifyRmWatch(inotify, wd);
      }
    }
  }

  /**
   * Takes the signal, so that nobody else sees it.
   *
   * @return whether there was one: false where another thread was faster
   */
  boolean takeSignal(ByteBuffer scratch) {
    boolean taken = libC.read(eventfd, scratch, COUNTER) > 0;
    if (taken && isClosed()) {
      signal();
    }
    return taken;
  }

  /** How many bytes of events there are to read. */
  int available(ByteBuffer scratch) throws IOException {
    int result = libC.ioctl(inotify, Processor.FIONREAD, scratch);
    return result < 0 ? Failures.reading(result) : scratch.getInt(0);
  }

  void close() {
    if (!uses.enter()) {
      return;
    }
    // Not the last one: this thread is inside.
    boolean unused = uses.close();
    try {
      Insistently.run(signalling);
    } finally {
      exit();
    }
  }

  /** Closes, for a cleaner. */
  @Override
  public void run() {
    close();
  }

  /** Wakes who waits, once more where there was no memory for it. */
  private final class Signalling implements Runnable {
    @Override
    public void run() {
      signal();
    }
  }
}
