package org.inotify4j.fs;

import java.io.IOException;
import java.nio.file.spi.FileSystemProvider;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.base.Sandbox;

/**
 * Keeps {@code Files.probeContentType} working on JDK 17 where the default provider is not the
 * JDK's.
 *
 * <p>There, a static initialiser casts {@code FileSystems.getDefault().provider()} to the JDK's own
 * class, and where that fails content types cannot be probed for the rest of the JVM's life. So the
 * first one to ask for the provider after start-up runs that initialiser, and whoever asks from
 * within it is answered with the delegate. Until the initialiser has run every question is looked
 * at by its caller, so it does not matter which thread comes first; afterwards, and on newer JDKs
 * from the beginning, asking costs one comparison.
 */
final class ContentTypeProbe {

  private static final int FIRST_RELEASE_WITHOUT_THE_CAST = 21;
  private static final String INITIALISED = "java.nio.file.Files$FileTypeDetectors";
  private static final String CASTER = "sun.nio.fs.DefaultFileTypeDetector";
  private static final String OWN_PACKAGE = ContentTypeProbe.class.getPackageName() + ".";

  private static final int NOT_RUN = 0;
  private static final int RUNNING = 1;

  private final FileSystemProvider delegate;
  private final AtomicInteger state = new AtomicInteger();
  private boolean waiting;

  ContentTypeProbe(FileSystemProvider delegate, boolean isDefault) {
    this.delegate = delegate;
    this.waiting = isDefault && Runtime.version().feature() < FIRST_RELEASE_WITHOUT_THE_CAST;
  }

  /** Whether the initialiser may not have run yet. */
  boolean isWaiting() {
    return waiting;
  }

  /** The provider to answer with while the initialiser may not have run. */
  FileSystemProvider providerFor(INotifyFileSystem fileSystem) {
    if (isAskedByCaster()) {
      return delegate;
    }
    if (isStarted() && state.compareAndSet(NOT_RUN, RUNNING)) {
      try {
        runInitialiser();
      } finally {
        waiting = false;
      }
    }
    return fileSystem.provider;
  }

  /**
   * Whether the JVM has started: its first thread is given a class loader then. A thread that has
   * none later does not run the initialiser; it leaves it to the others.
   */
  private static boolean isStarted() {
    return Thread.currentThread().getContextClassLoader() != null;
  }

  private static boolean isAskedByCaster() {
    // Not a StackWalker, which takes 15 milliseconds when it is first used.
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (!frame.getClassName().startsWith(OWN_PACKAGE)) {
        return frame.getClassName().equals(CASTER);
      }
    }
    return false;
  }

  /** Initialises the class without probing anything, so that no detector is asked meanwhile. */
  private static void runInitialiser() {
    try {
      // The library may do it; whoever happens to ask first may be a program that may not.
      Class<?> unused = Sandbox.open(new Initialising());
    } catch (IOException | LinkageError e) {
      // Whoever probes for real will hear of it.
      return;
    }
  }

  /** Initialises the class. */
  private static final class Initialising implements PrivilegedExceptionAction<Class<?>> {
    @Override
    public Class<?> run() throws IOException {
      try {
        return Class.forName(INITIALISED, true, null);
      } catch (ClassNotFoundException e) {
        throw new IOException(e);
      }
    }
  }
}
