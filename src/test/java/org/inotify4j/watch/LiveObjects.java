package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How many objects of the library's classes are alive in this JVM, as the JVM counts them. */
final class LiveObjects {

  private static final String PACKAGE = "org.inotify4j.";

  private LiveObjects() {}

  /**
   * Collects garbage, and counts by simple class name what is left; a class without is not there.
   */
  static Map<String, Long> count() {
    Map<String, Long> counts = new HashMap<>();
    for (String line : histogram().split("\n", -1)) {
      // Such as "  12:   34   816  org.inotify4j.watch.Key".
      String[] words = line.trim().split("\\s+", -1);
      if (words.length >= 4 && words[3].startsWith(PACKAGE)) {
        String name = words[3].substring(words[3].lastIndexOf('.') + 1);
        counts.merge(name, Long.valueOf(words[1]), Long::sum);
      }
    }
    return counts;
  }

  /** Waits until there is no object of some classes, by their simple names. */
  static void awaitNone(List<String> classes) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(count()).doesNotContainKeys(classes.toArray(String[]::new)));
  }

  /** How many there are of one class. */
  static long count(Class<?> type) {
    return count().getOrDefault(type.getSimpleName(), 0L);
  }

  private static String histogram() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      Object[] arguments = {new String[0]};
      String[] signature = {String[].class.getName()};
      return (String) server.invoke(commands, "gcClassHistogram", arguments, signature);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
