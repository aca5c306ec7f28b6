package org.inotify4j.fs.programs;

/** A system class loader that does as its parent does. */
public final class OwnClassLoader extends ClassLoader {

  public OwnClassLoader(ClassLoader parent) {
    super(parent);
  }
}
