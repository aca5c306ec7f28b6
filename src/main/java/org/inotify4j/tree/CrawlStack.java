package org.inotify4j.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directories that a crawl is in, each with what in it is still to visit: the one that was
 * found last comes first. A directory is left when all below it was visited. Of many only some are
 * kept open; the others are opened anew by their paths.
 */
final class CrawlStack {

  /** So many descriptors at most are open at a time, beside those of visits on their way. */
  private static final int MOST_OPEN = 64 - Visitors.MOST;

  /** So many where there are no more. */
  private static final int FEW = 4;

  private final NodePath paths;

  /** Those in which something is still to visit. */
  private final Deque<Frame> unfinished = new ArrayDeque<>();

  /** Those that were opened, and some that are closed by now: the one to be closed first. */
  private final Deque<Frame> opened = new ArrayDeque<>();

  private int openCount;
  private int mostOpen = MOST_OPEN;

  CrawlStack(NodePath paths) {
    this.paths = paths;
  }

  /** A directory that is being gone through. */
  static final class Frame {
    final TreeNode node;

    /** The directory above, if the crawl is in that as well. */
    private final @Nullable Frame above;

    /** What in it may be a directory, and how many of these are done. */
    private final List<byte[]> names = new ArrayList<>(0);

    private int done;

    /** The directory, or negative where it is not open. */
    private int fd;

    /** How many visits are on their way that need it open. */
    private int visits;

    /** How many directories the crawl is in that were found here. */
    private int below;

    private Frame(TreeNode node, @Nullable Frame above, int fd) {
      this.node = node;
      this.above = above;
      this.fd = fd;
    }

    void add(byte[] name) {
      names.add(name);
    }

    /** Nothing more is to be visited. */
    void clear() {
      names.clear();
      done = 0;
    }

    private boolean hasNext() {
      return done < names.size();
    }

    /** The name of what is to be visited next, where something is. */
    byte[] next() {
      return names.get(done++);
    }

    /** A visit is on its way. */
    void visitBegins() {
      visits++;
    }

    /** The crawl has what came of a visit. */
    void visitEnds() {
      visits--;
    }

    /** Whether all below it was visited. */
    boolean isDone() {
      return !hasNext() && visits == 0 && below == 0;
    }
  }

  /** Goes into a directory that is open; what it has is added next. */
  Frame push(TreeNode node, @Nullable Frame above, int fd) {
    Frame frame = new Frame(node, above, fd);
    if (above != null) {
      above.below++;
    }
    isOpen(frame);
    return frame;
  }

  /** What is to be visited next is in this directory, if anything is. */
  void goOnWith(Frame frame) {
    if (frame.hasNext()) {
      unfinished.push(frame);
    }
  }

  /** The directory in which something is to be visited next, or null where there is none. */
  @Nullable Frame top() {
    Frame top = unfinished.peek();
    while (top != null && !top.hasNext()) {
      unfinished.remove();
      top = unfinished.peek();
    }
    return top;
  }

  /** Leaves a directory; the one above, if the crawl is in that as well. */
  @Nullable Frame leave(Frame frame) {
    close(frame);
    Frame above = frame.above;
    if (above != null) {
      above.below--;
    }
    return above;
  }

  /** The descriptor of a directory, which is opened if it is not, or {@code -errno}. */
  int open(Frame frame) {
    if (frame.fd < 0) {
      frame.fd = paths.open(frame.node);
      isOpen(frame);
    }
    return frame.fd;
  }

  /** Closes a directory, and opens it as a path: a descriptor, or {@code -errno}. */
  int reopenAsPath(Frame frame) {
    int path = frame.fd >= 0 ? paths.openAgain(frame.fd) : paths.open(frame.node);
    close(frame);
    return path;
  }

  private void isOpen(Frame frame) {
    if (frame.fd >= 0) {
      openCount++;
      opened.add(frame);
      closeWhatIsTooMuch();
    }
  }

  /** Closes those that are needed last; not those that visits need. */
  private void closeWhatIsTooMuch() {
    for (int i = opened.size() - 1; i > 0 && openCount > mostOpen; i--) {
      Frame frame = opened.remove();
      if (frame.fd >= 0 && frame.visits > 0) {
        opened.add(frame);
      } else {
        close(frame);
      }
    }
  }

  /** Keeps only few open from here on, until all are left: there are no more descriptors. */
  void keepFew() {
    mostOpen = FEW;
    closeWhatIsTooMuch();
  }

  /** Leaves all directories. */
  void clear() {
    unfinished.clear();
    mostOpen = MOST_OPEN;
    for (Frame frame = opened.peekLast(); frame != null; frame = opened.peekLast()) {
      close(frame);
    }
  }

  private void close(Frame frame) {
    if (frame.fd >= 0) {
      paths.close(frame.fd);
      frame.fd = -1;
      openCount--;
    }
    while (!opened.isEmpty() && opened.getLast().fd < 0) {
      opened.removeLast();
    }
  }
}
