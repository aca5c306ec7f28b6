package org.inotify4j.libc;

import java.net.URL;
import java.net.URLClassLoader;
import java.security.PrivilegedAction;

/** Makes the class loader that {@link JnaBinding} needs. */
final class JnaPlace implements PrivilegedAction<URLClassLoader> {

  private final URL root;

  JnaPlace(URL root) {
    this.root = root;
  }

  @Override
  public URLClassLoader run() {
    return new URLClassLoader(new URL[] {root}, null);
  }
}
