/**
 * The whole of Linux inotify for Java.
 *
 * <p>{@link org.inotify4j.INotify} is the raw API: what the kernel says is what the caller gets.
 * {@link org.inotify4j.watch.INotifyWatchService} is the watch service.
 */
module org.inotify4j {
  requires static com.google.errorprone.annotations;
  requires static com.google.gson;
  requires static info.picocli;
  requires static org.jspecify;
  requires com.sun.jna;

  exports org.inotify4j;
  exports org.inotify4j.watch;
}
