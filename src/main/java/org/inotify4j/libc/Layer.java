package org.inotify4j.libc;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;

/** The two ways to the system calls. */
enum Layer {
  /** {@code java.lang.foreign}: a part of Java since 22, and nothing is unpacked for it. */
  FFM("ffm", "java.lang.foreign"),

  /** Java Native Access, for every Java. */
  JNA("jna", "JNA");

  /** The first Java that has {@code java.lang.foreign}. */
  private static final int FOREIGN = 22;

  /** What the property calls it. */
  final String property;

  /** What people call it. */
  final String title;

  Layer(String property, String title) {
    this.property = property;
    this.title = title;
  }

  Layer other() {
    return this == FFM ? JNA : FFM;
  }

  /** Whether this Java can have it at all. */
  boolean isOfThisJava() {
    return this == JNA || Runtime.version().feature() >= FOREIGN;
  }

  /**
   * Binds the calls. Throws whatever comes in the way, which {@link #obstacle} puts into words.
   *
   * @return the calls as they are: they may return EINTR
   */
  LibC open() {
    return this == FFM ? foreign() : jna();
  }

  /** What was in the way of opening it, and what helps. */
  String obstacle(Throwable failure) {
    if (isOfThisJava()) {
      return this == FFM ? Obstacle.ofForeign(failure) : Obstacle.ofJna(failure);
    }
    return "that is a part of Java since 22: this is Java " + Runtime.version().feature();
  }

  /** The layer with its version or machine. */
  String description() {
    return this == FFM
        ? title + " (" + System.getProperty("os.arch") + ")"
        : title + " " + versionOfJna() + " (" + com.sun.jna.Platform.RESOURCE_PREFIX + ")";
  }

  /** Of the one that is there: its constant is compiled into who names it. */
  private static String versionOfJna() {
    try {
      return (String)
          MethodHandles.lookup()
              .findStaticGetter(com.sun.jna.Native.class, "VERSION", String.class)
              .invokeExact();
    } catch (Throwable e) { // As a method handle declares it.
      throw new IllegalStateException(e);
    }
  }

  /** By its name, since it is compiled for that Java and no earlier one has its class. */
  private static LibC foreign() {
    try {
      Class<?> type = VersionedClasses.foreignLibC();
      return (LibC) type.getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw (Error) e.getCause();
    } catch (ClassNotFoundException e) {
      throw (Error) new NoClassDefFoundError(e.getMessage()).initCause(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LibC jna() {
    Module own = Layer.class.getModule();
    if (own.isNamed()) {
      // JNA may be on the class path nevertheless.
      own.addReads(Layer.class.getClassLoader().getUnnamedModule());
    }
    return new JnaLibC();
  }
}
