package org.inotify4j.cli.base;

/**
 * The exit codes: of {@code watch} those of inotifywait, of {@code exec} the same error, and that
 * of the shell; of {@code snapshot} and {@code doctor} those of diff.
 */
public final class ExitCode {

  /** An event came that was asked for, or help was. */
  public static final int EVENT = 0;

  /** Something failed, or the last event was none that was asked for. */
  public static final int ERROR = 1;

  /** No event came in the time given. */
  public static final int TIMEOUT = 2;

  /** There is no command of the name that was given: that of the shell. */
  public static final int NO_COMMAND = 127;

  /** Nothing differs, or what was asked for is done. */
  public static final int SAME = 0;

  /** Something differs. */
  public static final int DIFFERENT = 1;

  /** Nothing is wrong. */
  public static final int WELL = 0;

  /** Something is wrong. */
  public static final int WRONG = 1;

  /** Something failed, so that nobody knows whether something differs, or is wrong. */
  public static final int TROUBLE = 2;

  private ExitCode() {}
}
