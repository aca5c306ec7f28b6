package org.inotify4j.watch;

import java.io.IOException;
import java.util.Map;

/** A way to register a tree, each time in a process of its own. */
interface Contender {

  /** What it is called in the table. */
  String name();

  /**
   * Registers a tree.
   *
   * @return figures by what they are called in the table
   * @throws IOException if it did not register every directory
   */
  Map<String, Double> register(BenchmarkTree tree) throws IOException, InterruptedException;
}
