package org.inotify4j.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.inotify4j.INotify;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.RecordCursor;
import org.inotify4j.libc.SystemLibC;

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

  /** Hands out what an instance has, as the poller does; whether all who take it are busy. */
  public static boolean dispatch(Hub hub, INotify from) throws IOException {
    ByteBuffer memory = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.nativeOrder());
    RecordCursor records = new RecordCursor(memory);
    records.restart(Math.max(0, SystemLibC.get().read(from.fd(), memory, CAPACITY)));
    return hub.dispatch(records);
  }

  /** Has a record be the next one of a batch, which may go on to those behind it. */
  public static void setNext(KernelRecord record, RecordCursor batch) {
    if (!batch.next()) {
      throw new IllegalStateException("there is no record left");
    }
    record.set(batch);
    record.mayGoOn(batch);
  }
}
