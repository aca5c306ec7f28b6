package org.inotify4j.file;

/** Hears whether all is heard that happens to a name. */
public interface SilenceListener {

  /**
   * The name leads elsewhere than before, or to a file of another file system, or it was asked once
   * more where. In the thread of the follower, and before anything is told of what is there.
   *
   * @param toSilence whether it is known that a file system is among those on which it depends of
   *     which the kernel does not report all
   * @return whether the model has another audience from here on
   */
  boolean leads(boolean toSilence);
}
