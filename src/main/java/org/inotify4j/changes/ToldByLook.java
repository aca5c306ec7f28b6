package org.inotify4j.changes;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inotify4j.disk.FileStatus;

/**
 * The files that were told since a look found them finished. That they were closed may be heard
 * only then; where a file is as it was seen, that is no news.
 *
 * <p>The last ones are enough, since what is heard late is heard soon. One that was written to a
 * moment before the look is not kept: its times might not show another write. One thread at a time
 * uses it.
 */
final class ToldByLook {

  private static final int MOST = 1024;

  private final Map<String, FileStatus> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FileStatus> eldest) {
          return size() > MOST;
        }
      };

  /** A file was told for a look, which was made after some time. */
  void told(String path, FileLooks.Look look, Instant before) {
    if (!look.status().isFresh(before)) {
      seen.put(path, look.status());
    }
  }

  /** Whether a file that was closed was told as it is. */
  boolean isTold(String path, FileLooks.Look look) {
    FileStatus before = seen.remove(path);
    return before != null && look.status().isAsItWas(before);
  }
}
