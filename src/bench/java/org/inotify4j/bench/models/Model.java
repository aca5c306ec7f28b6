package org.inotify4j.bench.models;

import engineering.swat.watch.Approximation;
import engineering.swat.watch.Watch;
import engineering.swat.watch.WatchScope;
import io.methvin.watcher.DirectoryWatcher;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.io.monitor.FileAlterationListener;
import org.apache.commons.io.monitor.FileAlterationMonitor;
import org.apache.commons.io.monitor.FileAlterationObserver;
import org.inotify4j.changes.Change;
import org.inotify4j.changes.PathWatcher;
import org.inotify4j.changes.WatcherBuilder;
import org.springframework.boot.devtools.filewatch.ChangedFile;
import org.springframework.boot.devtools.filewatch.FileSystemWatcher;

/** A watcher of trees, each as its own documentation begins it. */
enum Model {

  /** This project's. */
  INOTIFY4J {
    @Override
    AutoCloseable start(Path root, Tally tally, boolean isFinishedOnly) throws Exception {
      WatcherBuilder builder = PathWatcher.of(root).existing();
      if (isFinishedOnly) {
        builder.finishedOnly();
      }
      return builder.start(batch -> batch.forEach(change -> tell(change, tally)));
    }

    private void tell(Change change, Tally tally) {
      String kind = change.type() + (change.isDirectory() ? " directory" : "");
      switch (change.type()) {
        case DELETED -> tally.gone(kind, change.path());
        case MOVED -> tally.moved(change.from().orElseThrow(), change.path());
        case MODIFIED -> tally.count(kind);
        default -> tally.present(kind, change.path());
      }
    }
  },

  /** io.methvin:directory-watcher. */
  DIRECTORY_WATCHER {
    @Override
    AutoCloseable start(Path root, Tally tally, boolean isFinishedOnly) throws Exception {
      DirectoryWatcher watcher =
          DirectoryWatcher.builder()
              .path(root)
              .listener(
                  event -> {
                    String kind = event.eventType() + (event.isDirectory() ? " directory" : "");
                    switch (event.eventType()) {
                      case CREATE -> tally.present(kind, event.path());
                      case DELETE -> tally.gone(kind, event.path());
                      default -> tally.count(kind);
                    }
                  })
              .build();
      var unused = watcher.watchAsync();
      return watcher::close;
    }
  },

  /** engineering.swat:java-watch, with the more thorough of its answers to an overflow. */
  JAVA_WATCH {
    @Override
    AutoCloseable start(Path root, Tally tally, boolean isFinishedOnly) throws Exception {
      return Watch.build(root, WatchScope.PATH_AND_ALL_DESCENDANTS)
          .onOverflow(Approximation.DIFF)
          .on(
              event -> {
                String kind = event.getKind().toString();
                switch (event.getKind()) {
                  case CREATED -> tally.present(kind, event.calculateFullPath());
                  case DELETED -> tally.gone(kind, event.calculateFullPath());
                  default -> tally.count(kind);
                }
              })
          .start();
    }
  },

  /** commons-io's monitor, once a second. */
  COMMONS_IO {
    @Override
    AutoCloseable start(Path root, Tally tally, boolean isFinishedOnly) throws Exception {
      FileAlterationObserver observer = new FileAlterationObserver(root.toFile());
      observer.addListener(new CommonsListener(tally));
      FileAlterationMonitor monitor = new FileAlterationMonitor(1000, observer);
      monitor.start();
      return monitor::stop;
    }
  },

  /** spring-boot-devtools, with its own interval of a second and quiet period of 0.4. */
  SPRING {
    @Override
    AutoCloseable start(Path root, Tally tally, boolean isFinishedOnly) throws Exception {
      FileSystemWatcher watcher =
          new FileSystemWatcher(true, Duration.ofSeconds(1), Duration.ofMillis(400));
      watcher.addSourceDirectory(root.toFile());
      watcher.addListener(
          changed -> changed.forEach(files -> files.getFiles().forEach(file -> tell(file, tally))));
      watcher.start();
      return watcher::stop;
    }

    private void tell(ChangedFile file, Tally tally) {
      Path path = file.getFile().toPath();
      switch (file.getType()) {
        case ADD -> tally.present("ADD", path);
        case DELETE -> tally.gone("DELETE", path);
        default -> tally.count("MODIFY");
      }
    }
  };

  /** Watches a tree, with what is there at first where that can be had. */
  abstract AutoCloseable start(Path root, Tally tally, boolean isFinishedOnly) throws Exception;

  /** Hands on what Commons IO tells. */
  private record CommonsListener(Tally tally) implements FileAlterationListener {

    @Override
    public void onDirectoryChange(File directory) {
      tally.count("change directory");
    }

    @Override
    public void onDirectoryCreate(File directory) {
      tally.present("create directory", directory.toPath());
    }

    @Override
    public void onDirectoryDelete(File directory) {
      tally.gone("delete directory", directory.toPath());
    }

    @Override
    public void onFileChange(File file) {
      tally.count("change");
    }

    @Override
    public void onFileCreate(File file) {
      tally.present("create", file.toPath());
    }

    @Override
    public void onFileDelete(File file) {
      tally.gone("delete", file.toPath());
    }

    @Override
    public void onStart(FileAlterationObserver observer) {}

    @Override
    public void onStop(FileAlterationObserver observer) {}
  }
}
