package org.inotify4j.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import javax.security.auth.Subject;
import org.inotify4j.base.Daemons;
import org.jspecify.annotations.Nullable;

/**
 * Has JNA bind {@link JnaSyscall}, so that it keeps nothing of a program that is unloaded later.
 *
 * <p>JNA keeps a class whose methods it has bound for good, and so its class loader. Where ours may
 * be unloaded that is one which knows this class alone; where it cannot be made the class is bound
 * that is here.
 *
 * <p>JNA has a thread as long as a library is open and half a minute longer, which keeps JNA's
 * class loader: so the library is closed at once, and is one that nobody else has. What was looked
 * up in it stays.
 *
 * <p>And it leaves objects of its own in the thread that binds first: that is one which ends.
 */
final class JnaBinding {

  /** JNA hands out one library for equal options. */
  private static final Map<String, ?> OWN = Map.of("org.inotify4j", true);

  /** The first Java whose class loaders do not keep who made them. */
  private static final int FORGETTING = 24;

  /** After so many seconds the thread that binds waits for something that its starter holds. */
  private static final long PATIENCE = 30;

  private JnaBinding() {}

  /** Binds it; throws an {@link Error} where JNA cannot. */
  static ToLongFunction<long[]> make() {
    if (isForGood()) {
      return make(true);
    }
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    // Threads that JNA and the JDK start at the first use would keep it.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return make(false);
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  private static ToLongFunction<long[]> make(boolean isForGood) {
    NativeLibrary process = NativeLibrary.getInstance(null, OWN);
    try {
      return isForGood ? here(process) : elsewhere(process);
    } finally {
      close(process);
    }
  }

  private static void close(NativeLibrary process) {
    try {
      process.close();
    } catch (NoSuchMethodError e) {
      // A JNA before 5.12 has no such method, and keeps it.
    }
  }

  /** Whether the program cannot unload this class. */
  @SuppressWarnings("ReferenceEquality") // It is the very loader.
  private static boolean isForGood() {
    ClassLoader own = JnaBinding.class.getClassLoader();
    ClassLoader lasting = ClassLoader.getSystemClassLoader();
    while (lasting != null && lasting != own) {
      lasting = lasting.getParent();
    }
    return lasting == own;
  }

  private static ToLongFunction<long[]> here(NativeLibrary process) {
    Native.register(JnaSyscall.class, process);
    return new JnaSyscall();
  }

  private static ToLongFunction<long[]> elsewhere(NativeLibrary process) {
    try {
      // All that finds a logger is done here: this thread may be within their initialization.
      Class.forName("com.sun.jna.Structure", true, Native.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw (Error) new NoClassDefFoundError(e.getMessage()).initCause(e);
    }
    FutureTask<ToLongFunction<long[]>> binding = new FutureTask<>(new Binding(process));
    Daemons.thread(binding, "inotify4j-bind").start();
    return result(binding);
  }

  private static ToLongFunction<long[]> result(FutureTask<ToLongFunction<long[]>> binding) {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return binding.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } catch (TimeoutException e) {
      throw (Error) new UnsatisfiedLinkError("JNA does not bind a function").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Error) new UnsatisfiedLinkError(e.getMessage()).initCause(e);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What is done in a thread that ends. */
  private static final class Binding implements Callable<ToLongFunction<long[]>> {

    private final NativeLibrary process;

    Binding(NativeLibrary process) {
      this.process = process;
    }

    @Override
    public ToLongFunction<long[]> call() {
      try {
        return bound(apart());
      } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
        return here(process);
      }
    }

    @SuppressWarnings("unchecked")
    private ToLongFunction<long[]> bound(Class<?> type) throws ReflectiveOperationException {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Native.register(type, process);
      return (ToLongFunction<long[]>) constructor.newInstance();
    }
  }

  /** The class once more, in a class loader that is without a parent. */
  private static Class<?> apart() throws ReflectiveOperationException, IOException {
    String name = JnaSyscall.class.getName();
    String file = name.replace('.', '/') + ".class";
    URL own = JnaSyscall.class.getResource("/" + file);
    if (own == null) {
      throw new ClassNotFoundException(file);
    }
    String text = own.toString();
    URL root = new URL(own, text.substring(0, text.length() - file.length()));
    try (URLClassLoader loader = loader(new JnaPlace(root), root)) {
      return Class.forName(name, true, loader);
    }
  }

  private static URLClassLoader loader(JnaPlace place, URL root)
      throws ReflectiveOperationException, IOException {
    return Runtime.version().feature() >= FORGETTING ? place.run() : new Nobody().loader(root);
  }

  /**
   * Makes a class loader that does not keep ours, on a Java whose class loaders keep the protection
   * domains of all whose methods were running when they were made: it is made by a class whose
   * protection domain is of no class loader, and none but the JDK's classes are looked at beside.
   */
  private static final class Nobody extends ClassLoader {

    @SuppressWarnings("removal") // Only where it is there.
    URLClassLoader loader(URL root) throws ReflectiveOperationException, IOException {
      Class<?> place = place();
      Constructor<?> constructor = place.getDeclaredConstructor(URL.class);
      constructor.setAccessible(true);
      PrivilegedAction<?> action = (PrivilegedAction<?>) constructor.newInstance(root);
      return (URLClassLoader) Subject.doAsPrivileged(null, action, null);
    }

    private Class<?> place() throws ClassNotFoundException, IOException {
      try (@Nullable InputStream in = JnaPlace.class.getResourceAsStream("JnaPlace.class")) {
        if (in == null) {
          throw new ClassNotFoundException("JnaPlace");
        }
        byte[] file = in.readAllBytes();
        return defineClass(null, file, 0, file.length, new ProtectionDomain(null, null));
      }
    }
  }
}
