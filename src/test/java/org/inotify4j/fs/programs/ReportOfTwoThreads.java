package org.inotify4j.fs.programs;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reports, after two threads have met NIO first at the same moment. */
public final class ReportOfTwoThreads {

  private ReportOfTwoThreads() {}

  @SuppressWarnings("ReferenceEquality") // It must be the very object.
  public static void main(String[] args) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Object> first =
          threads.submit(
              () -> {
                together.await();
                return FileSystems.getDefault();
              });
      Future<Object> second =
          threads.submit(
              () -> {
                together.await();
                return Path.of("x").getFileSystem();
              });
      System.out.println("one file system: " + (first.get() == second.get()));
    } finally {
      threads.shutdown();
    }
    Report.main(args);
  }
}
