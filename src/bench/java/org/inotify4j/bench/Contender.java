package org.inotify4j.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One of those who are measured, each time in a process of its own. */
interface Contender {

  /** A C program that makes the same system calls and nothing else. */
  String C = "C";

  /** The JDK's watch service. */
  String JDK = "JDK";

  /**
   * The same classes as the JDK's, with the system property that makes the provider the default.
   */
  String FLAG = "inotify4j, by the flag";

  /** The same classes in a virtual machine with the agent. */
  String AGENT = "inotify4j, by the agent";

  /** The library's own API. */
  String API = "inotify4j";

  /** What it is called in the tables. */
  String name();

  /**
   * Does the work once.
   *
   * @return figures by what they are called
   * @throws IOException if it cannot do it
   */
  Map<String, Double> run(List<String> arguments) throws IOException, InterruptedException;
}
