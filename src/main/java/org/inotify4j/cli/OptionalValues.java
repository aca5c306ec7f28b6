package org.inotify4j.cli;

import java.util.Arrays;
import java.util.Map;

/**
 * Options whose value may be left out: they take one behind an equals sign only, as with the GNU
 * commands, so that what follows in the next argument is another one.
 */
final class OptionalValues {

  private static final Map<String, String> VALUES =
      Map.of("--color", "--color=always", "--poll", "--poll=2");

  private OptionalValues() {}

  /** The arguments, with the values that were left out. */
  static String[] attach(String[] args) {
    String[] attached = args.clone();
    int end = Arrays.asList(args).indexOf("--");
    for (int i = 0; i < (end < 0 ? args.length : end); i++) {
      attached[i] = VALUES.getOrDefault(args[i], args[i]);
    }
    return attached;
  }
}
