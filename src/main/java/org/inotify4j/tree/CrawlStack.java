package org.inotify4j.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directories that a crawl is in, from the root down, each with what in it is still to visit.
 * Of a deep tree only some are kept open; the others are opened anew by their paths.
 */
final class CrawlStack {

  /** So many descriptors at most are open at a time. */
  private static final int MOST_OPEN = 64;

  private final NodePath paths;
  private final Deque<Frame> frames = new ArrayDeque<>();

  CrawlStack(NodePath paths) {
    this.paths = paths;
  }

  /** A directory that is being gone through. */
  static final class Frame {
    final TreeNode node;

    /** What in it may be a directory, and how many of these are done. */
    private final List<byte[]> names = new ArrayList<>(0);

    private int done;
    private int fd;

    private Frame(TreeNode node, int fd) {
      this.node = node;
      this.fd = fd;
    }

    void add(byte[] name) {
      names.add(name);
    }

    void clear() {
      names.clear();
    }

    boolean isEmpty() {
      return names.isEmpty();
    }

    /** The name of what is to be visited next, or null if nothing is left. */
    byte @Nullable [] next() {
      return done == names.size() ? null : names.get(done++);
    }
  }

  /** The directory that the crawl is in, or null where it is over. */
  @Nullable Frame top() {
    return frames.peek();
  }

  /** Goes into a directory that is open. */
  Frame push(TreeNode node, int fd) {
    Frame frame = new Frame(node, fd);
    frames.push(frame);
    return frame;
  }

  /** Leaves the directory that the crawl is in. */
  void pop() {
    close(frames.remove());
  }

  /** The descriptor of a directory, which is opened if it is not, or {@code -errno}. */
  int open(Frame frame) {
    if (frame.fd < 0) {
      frame.fd = paths.open(frame.node);
    }
    return frame.fd;
  }

  /** Closes a directory, and opens it as a path: a descriptor, or {@code -errno}. */
  int reopenAsPath(Frame frame) {
    int path = frame.fd >= 0 ? paths.openAgain(frame.fd) : paths.open(frame.node);
    close(frame);
    return path;
  }

  /** Closes the descriptor that is needed last, where too many are open. */
  void closeWhatIsTooMuch() {
    if (frames.size() <= MOST_OPEN) {
      return;
    }
    for (Iterator<Frame> all = frames.descendingIterator(); all.hasNext(); ) {
      Frame frame = all.next();
      if (frame.fd >= 0) {
        close(frame);
        return;
      }
    }
  }

  /** Leaves all directories. */
  void clear() {
    frames.forEach(this::close);
    frames.clear();
  }

  private void close(Frame frame) {
    if (frame.fd >= 0) {
      paths.close(frame.fd);
      frame.fd = -1;
    }
  }
}
