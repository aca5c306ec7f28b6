package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;

/** A thread of the library outlives the program that happened to be there first. */
final class DaemonsTest {

  @Test
  void threadIsInNoGroupOfTheProgram() throws Exception {
    ThreadGroup group = new ThreadGroup("of the program");
    FutureTask<Thread> making = new FutureTask<>(() -> Daemons.thread(() -> {}, "x"));
    Thread program = new Thread(group, making);
    program.start();
    program.join();
    Thread thread = making.get();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getContextClassLoader()).isNull();
    assertThat(thread.getThreadGroup().getParent()).isNull();
  }

  /** It is made by a class of the program's own loader, while it runs that loader can go. */
  @Test
  void threadKeepsNoClassLoaderOfTheProgram() throws Exception {
    CountDownLatch isOver = new CountDownLatch(1);
    WeakReference<ClassLoader> loader = startFromAnotherLoader(isOver);
    try {
      Awaitility.await()
          .until(
              () -> {
                System.gc();
                return loader.get() == null;
              });
    } finally {
      isOver.countDown();
    }
  }

  private static WeakReference<ClassLoader> startFromAnotherLoader(CountDownLatch isOver)
      throws Exception {
    URL[] place = {ChildJvm.home(DaemonsTest.class).toUri().toURL()};
    try (URLClassLoader loader = new OwnFirst(place)) {
      @SuppressWarnings("unchecked")
      Function<Runnable, Thread> maker =
          (Function<Runnable, Thread>)
              loader.loadClass(Maker.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(maker.getClass()).isNotEqualTo(Maker.class);
      maker.apply(() -> Uninterruptibly.await(isOver, Duration.ofMinutes(1))).start();
      return new WeakReference<>(loader);
    }
  }

  /** Has one class of its own, and all others of the tests'. */
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(URL[] place) {
      super(place, DaemonsTest.class.getClassLoader());
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
      if (!name.equals(Maker.class.getName())) {
        return super.loadClass(name);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  /** A program that has a thread made. */
  public static final class Maker implements Function<Runnable, Thread> {
    public Maker() {}

    @Override
    public Thread apply(Runnable work) {
      return Daemons.thread(work, "x");
    }
  }
}
