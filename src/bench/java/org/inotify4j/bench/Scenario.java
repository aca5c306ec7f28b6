package org.inotify4j.bench;

import java.io.IOException;
import java.util.List;

/** Something that programs have done with a watch service, and how it is measured. */
interface Scenario {

  /** By what it is chosen. */
  String name();

  /** Lets the contenders do it. */
  List<Section> measure(Bench bench) throws IOException, InterruptedException;
}
