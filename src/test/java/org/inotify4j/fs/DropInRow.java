package org.inotify4j.fs;

import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.OVER_INOTIFY;
import static org.inotify4j.fs.programs.DropIn.SOCKETS;

import com.google.errorprone.annotations.Immutable;

/** What a drop-in must do: the rows of the documentation's table, in their order. */
enum DropInRow {
  CONTRACT("every test of the watch service's contract", Contract::isKept),
  EVENTS_AND_REFUSALS(
      "events, keys and refusals as with the JDK's service",
      trial -> Trial.isDone(trial.run(trial.child()), OVER_INOTIFY + EVENTS)),
  LIMIT_OF_INSTANCES(
      "more inotify instances than a user may have, refused in the JDK's words",
      Limits::ofInstances),
  LIMIT_OF_WATCHES(
      "more watches than a user may have, refused in the JDK's words", Limits::ofWatches),
  DIRECTORY_WATCHER("a program that watches by directory-watcher", Clients::directoryWatcher),
  PATH_WATCHER("a program that watches by Jetty's `PathWatcher`", Clients::pathWatcher),
  SOCKETS_OF_THE_JDK(
      "Unix domain sockets",
      trial ->
          Trial.isDone(
              trial.run(trial.child(), "sockets"),
              OVER_INOTIFY + EVENTS + SOCKETS,
              "java.lang.IllegalArgumentException",
              "UnixDomainSocketAddress.of")),
  JETTY("a Unix domain socket of Jetty", Servers::jetty),
  NETTY_OVER_NIO("a Unix domain socket of Netty, over NIO", Servers::nettyOverNio),
  NETTY_OVER_EPOLL("a Unix domain socket of Netty, over epoll", Servers::nettyOverEpoll),
  MAKING_AN_ARCHIVE("making a CDS archive, `-XX:ArchiveClassesAtExit`", Archives::isMade),
  STARTING_WITH_IT("starting with a CDS archive, `-XX:SharedArchiveFile`", Archives::isUsed),
  CACHE("an AOT cache, made and used (Java 25)", Archives::cache),
  CHECKED_CALLS("`-Xcheck:jni`", Starts::checkedCalls),
  ANOTHER_AGENT("another agent beside", Starts::anotherAgent),
  TWICE("given twice", Starts::givenTwice),
  MODULE("a program that is a module", Starts::module),
  EXECUTABLE_JAR("an executable jar of Spring Boot", Starts::executableJar),
  CHILD("a JVM that the program starts, the options in `JAVA_TOOL_OPTIONS`", Starts::childOfIt),
  IMAGE_WITH_ON_17("an image of jlink with the library in it (Java 17)", Images::withLibraryOn17),
  IMAGE_WITH("an image of jlink with the library in it (Java 25)", Images::withLibraryOn25),
  IMAGE_WITHOUT("an image of jlink with the library beside it", Images::withoutLibrary);

  private final String subject;
  private final Check check;

  DropInRow(String subject, Check check) {
    this.subject = subject;
    this.check = check;
  }

  /** The row's first cell. */
  String subject() {
    return subject;
  }

  /**
   * Tries it.
   *
   * @return false where it failed as the documentation says
   * @throws AssertionError if it failed otherwise
   */
  boolean works(Trial trial) throws Exception {
    return check.works(trial);
  }

  /** How a row is tried. */
  @Immutable
  private interface Check {
    boolean works(Trial trial) throws Exception;
  }
}
