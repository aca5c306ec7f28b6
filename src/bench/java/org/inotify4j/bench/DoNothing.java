package org.inotify4j.bench;

/** What is left of a virtual machine's life without a program; and an agent that does nothing. */
final class DoNothing {

  private DoNothing() {}

  /** Returns at once. */
  public static void main(String[] args) {}

  /** Returns at once. */
  public static void premain(String option) {}
}
