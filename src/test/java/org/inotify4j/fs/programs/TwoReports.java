package org.inotify4j.fs.programs;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reports twice, of two directories with a service each. */
public final class TwoReports {

  /** What it prints where there is no inotify. */
  public static final String TRANSLATED =
      Report.OVER_INOTIFY
          .replace(
              "org.inotify4j.watch.INotifyWatchService", "org.inotify4j.fs.TranslatedWatchService")
          .repeat(2);

  private TwoReports() {}

  /** Reports of two new directories in the one that is the first argument. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 2; i++) {
      Report.main(new String[] {Files.createTempDirectory(Path.of(args[0]), "report").toString()});
    }
  }
}
