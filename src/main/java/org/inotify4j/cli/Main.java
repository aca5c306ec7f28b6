package org.inotify4j.cli;

/** The command's entry. */
public final class Main {

  private Main() {}

  /**
   * Runs the command.
   *
   * @param args the command line
   */
  public static void main(String[] args) {}
}
