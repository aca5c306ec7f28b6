package org.inotify4j.cli;

/**
 * The exit codes: of {@code watch} those of inotifywait, of {@code exec} the same error; of {@code
 * snapshot} and {@code doctor} those of diff.
 */
final class ExitCode {

  /** An event came that was asked for, or help was. */
  static final int EVENT = 0;

  /** Something failed, or the last event was none that was asked for. */
  static final int ERROR = 1;

  /** No event came in the time given. */
  static final int TIMEOUT = 2;

  /** Nothing differs, or what was asked for is done. */
  static final int SAME = 0;

  /** Something differs. */
  static final int DIFFERENT = 1;

  /** Nothing is wrong. */
  static final int WELL = 0;

  /** Something is wrong. */
  static final int WRONG = 1;

  /** Something failed, so that nobody knows whether something differs, or is wrong. */
  static final int TROUBLE = 2;

  private ExitCode() {}
}
