package org.inotify4j.tree;

import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.tree.Visitors.Help;

/** Says how many threads go through the trees that are registered from here on, in all tests. */
public final class Crawls {

  private static final Help USUAL = Visitors.usual;
  private static final Help AT_ONCE = new Help(0, 2, 1);
  private static final AtomicInteger TURN = new AtomicInteger();

  private Crawls() {}

  /** Two workers help, also where a tree is small. */
  public static void haveHelpAtOnce() {
    Visitors.usual = AT_ONCE;
  }

  /** As in a program: nobody helps with a small tree. */
  public static void areAsUsual() {
    Visitors.usual = USUAL;
  }

  /** Every second time the one, every second time the other. */
  public static void takeTurns() {
    Visitors.usual = TURN.getAndIncrement() % 2 == 0 ? AT_ONCE : USUAL;
  }
}
