package org.inotify4j.hub;

import java.nio.file.Path;
import org.inotify4j.libc.PathBytes;

/**
 * The name of a task that replaces the kernel's mask of a watch. The text is made for who reads it:
 * who submits the task has locks.
 */
record Narrowing(Path path) {

  @Override
  public String toString() {
    return "narrowing the mask of " + PathBytes.text(path);
  }
}
