package org.inotify4j.fs.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Asks for content types, in the way that the first argument names. */
public final class ContentTypes {

  /** What it prints. */
  public static final String TYPES = "text/html image/png null\n";

  private ContentTypes() {}

  /** Asks. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "first" -> System.out.println(types());
      case "later" -> {
        Files.exists(Path.of("/"));
        System.out.println(types());
      }
      case "threads" -> inTwoThreads();
      case "bare" -> {
        FutureTask<String> types = new FutureTask<>(ContentTypes::types);
        Thread bare = new Thread(types);
        bare.setContextClassLoader(null);
        bare.start();
        System.out.println(types.get());
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println(types());
  }

  private static void inTwoThreads() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<String> probing =
          threads.submit(
              () -> {
                together.await();
                return types();
              });
      Future<Boolean> looking =
          threads.submit(
              () -> {
                together.await();
                return Files.exists(Path.of("/"));
              });
      System.out.println(probing.get());
      if (!looking.get()) {
        throw new AssertionError("no root");
      }
    } finally {
      threads.shutdown();
    }
  }

  private static String types() throws IOException {
    return Files.probeContentType(Path.of("page.html"))
        + " "
        + Files.probeContentType(Path.of("picture.png"))
        + " "
        + Files.probeContentType(Path.of("unknown.of-no-type"));
  }
}
