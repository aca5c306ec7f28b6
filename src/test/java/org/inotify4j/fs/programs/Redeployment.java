package org.inotify4j.fs.programs;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.Recording;

/**
 * Has an application come and go ten times, each time in a class loader of its own; with the
 * property {@value #RECORDED} the second half of them while a flight recording runs, which compares
 * records of its own.
 */
public final class Redeployment {

  /** What it prints when nothing is left. */
  public static final String OUTPUT = "threads: []\nclass loaders left: 0 of 10\n";

  public static final String RECORDED = "redeployment.recorded";

  private static final int ROUNDS = 10;

  private static final ReferenceQueue<ClassLoader> GONE = new ReferenceQueue<>();

  private Redeployment() {}

  /** Needs a directory, and the class path of the application. */
  public static void main(String[] args) throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      classPath.add(Path.of(args[i]).toUri().toURL());
    }
    URL[] places = classPath.toArray(URL[]::new);
    List<Reference<?>> loaders = new ArrayList<>();
    try (Recording recording = new Recording()) {
      for (int i = 0; i < ROUNDS; i++) {
        if (i == ROUNDS / 2 && Boolean.getBoolean(RECORDED)) {
          recording.start();
        }
        Path directory = Files.createDirectory(Path.of(args[0], "round " + i));
        loaders.add(deploy(places, directory));
      }
      int left = ROUNDS;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (left > 0 && System.nanoTime() - end < 0) {
        System.gc();
        endCleanersOfJna();
        while (GONE.remove(50) != null) {
          left--;
        }
      }
      System.out.println("threads: " + threads());
      System.out.println("class loaders left: " + left + " of " + loaders.size());
    }
  }

  private static Reference<?> deploy(URL[] places, Path directory) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Class<?> type = loader.loadClass(Deployed.class.getName());
      @SuppressWarnings("unchecked")
      Consumer<Path> application = (Consumer<Path>) type.getDeclaredConstructor().newInstance();
      application.accept(directory);
      return new PhantomReference<ClassLoader>(loader, GONE);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * A cleaner of JNA's that has nothing to clean ends when half a minute is over: instead of a wait
   * for that it is interrupted, which ends it as well.
   */
  private static void endCleanersOfJna() throws ReflectiveOperationException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("JNA Cleaner")) {
        Field cleaner = thread.getClass().getDeclaredField("this$0");
        cleaner.setAccessible(true);
        Field first = cleaner.getType().getDeclaredField("firstCleanable");
        first.setAccessible(true);
        if (first.get(cleaner.get(thread)) == null) {
          thread.interrupt();
        }
      }
    }
  }

  /** The threads that are left and not the JDK's. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("inotify4j") || name.startsWith("JNA"))
        .toList();
  }
}
