package org.inotify4j.cli;

/** The exit codes, those of inotifywait. */
final class ExitCode {

  /** An event came that was asked for, or help was. */
  static final int EVENT = 0;

  /** Something failed, or the last event was none that was asked for. */
  static final int ERROR = 1;

  /** No event came in the time given. */
  static final int TIMEOUT = 2;

  private ExitCode() {}
}
