package org.inotify4j;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SharedCleaner;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * An inotify instance: watches are added to it, and the events of all of them are read from it.
 *
 * <pre>{@code
 * try (INotify inotify = INotify.open()) {
 *   inotify.addWatch(Path.of("/srv/in"), Flag.CREATE, Flag.MOVED_TO, Flag.CLOSE_WRITE);
 *   while (true) {
 *     for (INotifyEvent event : inotify.read()) {
 *       System.out.println(event);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>What the kernel says is what the caller gets; inotify(7) is the reference for it. The kernel
 * merges an event with the one before it in the queue where the two are equal and the first was not
 * read yet.
 *
 * <p><b>Threads.</b> Every method may be called from any thread. Several threads may read: each
 * event is given to one of them. A thread that waits in {@code read} sits in poll(2): {@link
 * #close} and {@link #wakeup} from another thread make it return at once, {@link Thread#interrupt}
 * does not, and a virtual thread keeps its carrier.
 *
 * <p><b>Closing.</b> After {@link #close} every method but {@link #close} and {@link #isOpen}
 * throws {@link ClosedChannelException}. The descriptors are released when no thread is inside a
 * call any more. An instance that becomes unreachable is closed some time later.
 */
public final class INotify implements Channel {

  private final Descriptors descriptors;
  private final Cleaner.Cleanable closing;
  private final WatchCalls watches;
  private final EventReads reads;

  private INotify(Descriptors descriptors, boolean nonblocking) {
    this.descriptors = descriptors;
    this.watches = new WatchCalls(descriptors);
    this.reads = new EventReads(descriptors, nonblocking);
    // Last: where this object is not made, who makes it closes the descriptors, and nobody else.
    this.closing = SharedCleaner.get().register(this, descriptors);
  }

  /**
   * Opens an instance with a descriptor that is close-on-exec, blocks the caller's own reads of it,
   * and is closed with the instance.
   *
   * @return the instance
   * @throws INotifyLimitException if a limit on instances or descriptors was met
   * @throws IOException if the kernel refuses for another reason; see inotify_init(2)
   * @throws UnsupportedOperationException if the kernel cannot be reached: this is not Linux, or
   *     Java has no native access and JNA cannot load; the message says what helps
   */
  public static INotify open() throws IOException {
    return builder().open();
  }

  /**
   * Options for opening an instance.
   *
   * @return a builder with those of {@link #open()}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Adds a watch, or changes the mask of the one that the file has in this instance already: a
   * watch belongs to the file (the inode), not to the path. See inotify_add_watch(2).
   *
   * @param path a path of the default file system; symbolic links are followed unless the flags
   *     have {@link Flag#DONT_FOLLOW}
   * @param flags the events to hear of, one at least, and options
   * @return the watch descriptor: positive, and the same for the same file until the watch is gone
   * @throws IllegalArgumentException if the flags have no event, or options that exclude each other
   * @throws java.nio.file.ProviderMismatchException if the path is not of the default file system
   * @throws java.nio.file.NoSuchFileException if there is nothing at the path
   * @throws java.nio.file.AccessDeniedException if the file may not be read, or its directory not
   *     be searched
   * @throws java.nio.file.NotDirectoryException if a part of the path is not a directory, or, with
   *     {@link Flag#ONLYDIR}, the whole of it
   * @throws java.nio.file.FileAlreadyExistsException if the flags have {@link Flag#MASK_CREATE} and
   *     the file is watched already
   * @throws INotifyLimitException if there are as many watches as the user may have
   * @throws java.nio.file.FileSystemException if the kernel refuses the path for another reason: a
   *     loop of links, a name that is too long
   * @throws ClosedChannelException if this instance is closed
   * @throws IOException if the kernel refuses for another reason
   */
  public int addWatch(Path path, Flag... flags) throws IOException {
    return addWatch(path, Mask.of(flags));
  }

  /**
   * Adds a watch, as {@link #addWatch(Path, Flag...)} does.
   *
   * @param path a path of the default file system
   * @param mask the bits of the events to hear of, one at least, and of options
   * @return the watch descriptor
   * @throws IllegalArgumentException if the mask has no event, a bit that inotify does not know, or
   *     options that exclude each other
   * @throws IOException as {@link #addWatch(Path, Flag...)} throws it
   */
  public int addWatch(Path path, int mask) throws IOException {
    return addTerminated(PathBytes.of(path), mask);
  }

  /**
   * Adds a watch on a path given as the bytes that the kernel knows it by.
   *
   * @param path the path's bytes, without a NUL at the end
   * @param mask the bits of the events to hear of, one at least, and of options
   * @return the watch descriptor
   * @throws java.nio.file.InvalidPathException if there is a NUL among the bytes
   * @throws IllegalArgumentException as {@link #addWatch(Path, int)} throws it
   * @throws IOException as {@link #addWatch(Path, Flag...)} throws it
   */
  public int addWatch(byte[] path, int mask) throws IOException {
    return addTerminated(PathBytes.of(path), mask);
  }

  private int addTerminated(byte[] path, int mask) throws IOException {
    WatchCalls.check(mask);
    descriptors.enter();
    try {
      return watches.add(path, mask);
    } finally {
      leave();
    }
  }

  /**
   * Removes a watch. Its events that are queued already can still be read, and {@link Flag#IGNORED}
   * after them. See inotify_rm_watch(2).
   *
   * @param wd the watch descriptor
   * @throws IllegalArgumentException if this instance has no such watch, perhaps any more: the
   *     kernel removes it when the file is deleted, its file system is unmounted, or {@link
   *     Flag#ONESHOT} has fired
   * @throws ClosedChannelException if this instance is closed
   * @throws IOException if the kernel refuses for another reason
   */
  public void removeWatch(int wd) throws IOException {
    descriptors.enter();
    try {
      watches.remove(wd);
    } finally {
      leave();
    }
  }

  /**
   * Waits until there are events, and reads all that are there.
   *
   * @return the events in the kernel's order, mutable; empty only after a {@link #wakeup}
   * @throws AsynchronousCloseException if this instance is closed meanwhile
   * @throws ClosedChannelException if this instance is closed
   * @throws IOException if the kernel refuses; see read(2)
   */
  public List<INotifyEvent> read() throws IOException {
    return readAll(ReadinessPoll.FOREVER, 0);
  }

  /**
   * Waits until there are events, but not for ever, and reads all that are there.
   *
   * @param timeout how long to wait where there are none, rounded up to milliseconds; zero or less
   *     does not wait
   * @return the events in the kernel's order, mutable; empty after the timeout or a {@link #wakeup}
   * @throws AsynchronousCloseException if this instance is closed meanwhile
   * @throws ClosedChannelException if this instance is closed
   * @throws IOException if the kernel refuses; see read(2)
   */
  public List<INotifyEvent> read(Duration timeout) throws IOException {
    return readAll(NANOSECONDS.convert(timeout), 0);
  }

  /**
   * Waits until there are events, lets more of them come, and reads all that are there. The delay
   * lets the kernel merge equal events, and spares the caller many small reads.
   *
   * @param timeout how long to wait where there are none, rounded up to milliseconds; zero or less
   *     does not wait
   * @param readDelay how long to wait after the first event came, rounded up to milliseconds; zero
   *     or less does not wait, and where events were there at once, they are read at once
   * @return the events in the kernel's order, mutable; empty after the timeout or a {@link #wakeup}
   * @throws AsynchronousCloseException if this instance is closed meanwhile
   * @throws ClosedChannelException if this instance is closed
   * @throws IOException if the kernel refuses; see read(2)
   */
  public List<INotifyEvent> read(Duration timeout, Duration readDelay) throws IOException {
    return readAll(NANOSECONDS.convert(timeout), NANOSECONDS.convert(readDelay));
  }

  /**
   * Waits until there are events, and reads as many as the buffer takes, allocating nothing.
   *
   * @param buffer where they go; what was in it is lost, and its cursor is before the first of them
   * @return how many bytes were read; 0 only after a {@link #wakeup}
   * @throws AsynchronousCloseException if this instance is closed meanwhile
   * @throws ClosedChannelException if this instance is closed
   * @throws IOException if the kernel refuses; see read(2). Also if the next event does not fit
   *     into the buffer, which stays to be read: see {@link EventBuffer#MIN_CAPACITY}
   */
  public int read(EventBuffer buffer) throws IOException {
    return readInto(buffer, ReadinessPoll.FOREVER);
  }

  /**
   * Waits until there are events, but not for ever, and reads as many as the buffer takes,
   * allocating nothing.
   *
   * @param buffer where they go; what was in it is lost, and its cursor is before the first of them
   * @param timeout how long to wait where there are none, rounded up to milliseconds; zero or less
   *     does not wait
   * @return how many bytes were read; 0 after the timeout or a {@link #wakeup}
   * @throws AsynchronousCloseException if this instance is closed meanwhile
   * @throws ClosedChannelException if this instance is closed
   * @throws IOException if the kernel refuses; see read(2). Also if the next event does not fit
   *     into the buffer, which stays to be read: see {@link EventBuffer#MIN_CAPACITY}
   */
  public int read(EventBuffer buffer, Duration timeout) throws IOException {
    return readInto(buffer, NANOSECONDS.convert(timeout));
  }

  private List<INotifyEvent> readAll(long timeoutNanos, long delayNanos) throws IOException {
    descriptors.enter();
    try {
      return reads.readAll(timeoutNanos, delayNanos);
    } finally {
      leave();
    }
  }

  private int readInto(EventBuffer buffer, long timeoutNanos) throws IOException {
    descriptors.enter();
    try {
      return reads.awaitAndRead(buffer, timeoutNanos, 0);
    } finally {
      leave();
    }
  }

  /**
   * Makes one {@code read} return at once, with what is there: one that waits now, or else the next
   * one. Calls that no read has answered yet count as one.
   *
   * @throws ClosedChannelException if this instance is closed
   */
  public void wakeup() throws ClosedChannelException {
    descriptors.enter();
    try {
      descriptors.signal();
    } finally {
      leave();
    }
  }

  /**
   * The inotify descriptor, for the caller's own poll(2) or epoll(7), or for native code that hands
   * it to a child process. It is closed with this instance, or when this instance becomes
   * unreachable, unless {@link Builder#closeFd} says otherwise.
   *
   * @return the descriptor's number
   * @throws ClosedChannelException if this instance is closed
   */
  public int fd() throws ClosedChannelException {
    if (descriptors.isClosed()) {
      throw new ClosedChannelException();
    }
    return descriptors.inotify();
  }

  /**
   * Whether this instance is open.
   *
   * @return false once {@link #close} was called
   */
  @Override
  public boolean isOpen() {
    return !descriptors.isClosed();
  }

  /**
   * Closes this instance and with it all of its watches; events that were not read are lost.
   * Threads that wait in {@code read} get an {@link AsynchronousCloseException} at once. A second
   * close does nothing.
   */
  @Override
  public void close() {
    closing.clean();
  }

  /** Ends a call, in its finally block. Until then the cleaner must not close this instance. */
  @SuppressWarnings("ReachabilityFenceUsage")
  private void leave() {
    descriptors.exit();
    Reference.reachabilityFence(this);
  }

  @Override
  public String toString() {
    return "INotify[fd=" + descriptors.inotify() + (isOpen() ? "]" : ", closed]");
  }

  /** Options for opening an {@link INotify}. Not safe for use by several threads at once. */
  public static final class Builder {

    private boolean inheritable;
    private boolean nonblocking;
    private boolean closeFd = true;
    private @Nullable LibC libC;

    private Builder() {}

    /**
     * Whether child processes inherit the descriptor: without IN_CLOEXEC. It is for those that
     * native code starts; those of {@link ProcessBuilder} inherit none.
     *
     * @param inheritable false unless set
     * @return this builder
     */
    public Builder inheritable(boolean inheritable) {
      this.inheritable = inheritable;
      return this;
    }

    /**
     * Whether the caller's own read(2) of the descriptor fails with EAGAIN where there is nothing,
     * in place of waiting: IN_NONBLOCK. The methods of {@link INotify} wait as they say in either
     * case, and are a little faster with it.
     *
     * @param nonblocking false unless set
     * @return this builder
     */
    public Builder nonblocking(boolean nonblocking) {
      this.nonblocking = nonblocking;
      return this;
    }

    /**
     * Whether closing the instance closes its inotify descriptor. Where it does not, the descriptor
     * and its watches live on, and closing it is the caller's.
     *
     * @param closeFd true unless set
     * @return this builder
     */
    public Builder closeFd(boolean closeFd) {
      this.closeFd = closeFd;
      return this;
    }

    /** Another kernel to talk to. */
    Builder libC(LibC libC) {
      this.libC = libC;
      return this;
    }

    /**
     * Opens an instance with these options.
     *
     * @return the instance
     * @throws INotifyLimitException if a limit on instances or descriptors was met
     * @throws IOException if the kernel refuses for another reason; see inotify_init(2)
     * @throws UnsupportedOperationException if the kernel cannot be reached: this is not Linux, or
     *     Java has no native access and JNA cannot load; the message says what helps
     */
    public INotify open() throws IOException {
      KernelLimits.prepare();
      LibC kernel = libC != null ? libC : SystemLibC.get();
      int flags = (inheritable ? 0 : LibC.IN_CLOEXEC) | (nonblocking ? LibC.IN_NONBLOCK : 0);
      Descriptors descriptors = Descriptors.open(kernel, flags, closeFd);
      try {
        return new INotify(descriptors, nonblocking);
      } catch (Throwable e) {
        // No memory for it, or for a thread.
        descriptors.discard();
        throw e;
      }
    }
  }
}
