/**
 * The whole of Linux inotify for Java.
 *
 * <p>{@link org.inotify4j.changes.PathWatcher} tells what changed, in batches. {@link
 * org.inotify4j.watch.INotifyWatchService} is the watch service, and {@link
 * org.inotify4j.fs.INotifyFileSystemProvider} makes it the one that a program gets unawares. {@link
 * org.inotify4j.snapshot.TreeSnapshot} is what is in a tree at a time, and tells what changed
 * since. {@link org.inotify4j.INotify} is the raw API: what the kernel says is what the caller
 * gets.
 */
module org.inotify4j {
  requires static com.google.errorprone.annotations;
  requires static com.google.gson;
  requires static com.sun.jna;
  requires static info.picocli;
  requires static jdk.jfr;
  requires static java.instrument;
  requires static org.jspecify;
  requires static org.objectweb.asm;

  exports org.inotify4j;
  exports org.inotify4j.changes;
  exports org.inotify4j.agent to
      java.instrument;
  exports org.inotify4j.fs;
  exports org.inotify4j.snapshot;
  exports org.inotify4j.watch;

  provides java.nio.file.spi.FileSystemProvider with
      org.inotify4j.fs.INotifyFileSystemProvider;
}
