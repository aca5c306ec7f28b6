package org.inotify4j.cli.doctor;

import java.util.List;
import org.inotify4j.INotifyUsage;

/**
 * All that the command {@code doctor} has found.
 *
 * @param system on what it runs
 * @param java in what it runs
 * @param limits the limits, and how much of each is used
 * @param usage who uses them
 * @param paths what the user has named
 * @param problems what is wrong
 */
record Diagnosis(
    SystemFacts system,
    JavaFacts java,
    List<LimitFacts> limits,
    INotifyUsage usage,
    List<PathFacts> paths,
    List<DoctorProblem> problems) {

  /** How many more watches the user may have. */
  long freeWatches() {
    return limits.stream()
        .filter(limit -> limit.name().endsWith("_watches"))
        .mapToLong(LimitFacts::free)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  boolean isWell() {
    return problems.isEmpty();
  }
}
