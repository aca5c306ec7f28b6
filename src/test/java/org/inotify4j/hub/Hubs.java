package org.inotify4j.hub;

import java.io.IOException;
import org.inotify4j.EventBuffer;
import org.inotify4j.INotify;
import org.inotify4j.libc.LibC;

/** Opens hubs over kernels that a test has changed. */
public final class Hubs {

  /** How many bytes a poller reads at a time. */
  public static final int CAPACITY = Poller.CAPACITY;

  /** What the poller's thread is called. */
  public static final String POLLER = Poller.THREAD_NAME;

  private Hubs() {}

  public static Hub open(LibC libC, INotify inotify) throws IOException {
    return Hub.open(libC, inotify);
  }

  /** A hub whose poller reads so many bytes at a time. */
  public static Hub open(LibC libC, INotify inotify, int capacity) throws IOException {
    return Hub.open(libC, inotify, capacity);
  }

  /** Hands out records, as the poller does; whether all who take them are busy. */
  public static boolean dispatch(Hub hub, EventBuffer buffer) {
    return hub.dispatch(buffer);
  }
}
