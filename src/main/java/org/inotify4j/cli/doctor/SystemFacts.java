package org.inotify4j.cli.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * On what the command runs: the kernel, the container around it, its namespaces.
 *
 * @param kernel the kernel's release
 * @param isWsl whether that is the one of Windows
 * @param container which kind of container this is in; empty where nothing says so
 * @param isFirstUserNamespace whether user 0 here is the system's root, as far as can be seen
 * @param isFirstProcessNamespace whether all processes of the system can be seen
 * @param mayChangeSettings whether this user may write the settings of inotify here
 */
record SystemFacts(
    String kernel,
    boolean isWsl,
    String container,
    boolean isFirstUserNamespace,
    boolean isFirstProcessNamespace,
    boolean mayChangeSettings) {

  /** The number that the kernel gives to its first process namespace. */
  private static final String FIRST_PROCESS_NAMESPACE = "pid:[4026531836]";

  /** What each user is, where all are themselves. */
  private static final List<String> ALL_USERS = List.of("0", "0", "4294967295");

  /** What the control groups of the first process tell of who made the container. */
  private static final Map<String, String> BY_CONTROL_GROUP =
      Map.of("docker", "Docker", "kubepods", "Kubernetes", "libpod", "Podman", "lxc", "LXC");

  /** By files and variables that are there for that. */
  static SystemFacts read(Path root, Map<String, String> environment) {
    Path proc = root.resolve("proc");
    String kernel = text(proc.resolve("sys/kernel/osrelease"));
    return new SystemFacts(
        kernel,
        kernel.toLowerCase(Locale.ROOT).contains("microsoft"),
        container(root, environment),
        List.of(text(proc.resolve("self/uid_map")).split(" +")).equals(ALL_USERS),
        isFirst(proc.resolve("self/ns/pid")),
        Files.isWritable(proc.resolve("sys/fs/inotify/max_user_watches")));
  }

  private static String container(Path root, Map<String, String> environment) {
    if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
      return "Kubernetes";
    } else if (Files.exists(root.resolve("run/.containerenv"))) {
      return "Podman";
    } else if (Files.exists(root.resolve(".dockerenv"))) {
      return "Docker";
    } else if (environment.containsKey("container")) {
      return environment.getOrDefault("container", "");
    }
    String groups = text(root.resolve("proc/1/cgroup"));
    return BY_CONTROL_GROUP.entrySet().stream()
        .filter(known -> groups.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(isFirst(root.resolve("proc/self/ns/pid")) ? "" : "of some kind");
  }

  private static boolean isFirst(Path namespace) {
    try {
      return Files.readSymbolicLink(namespace).toString().equals(FIRST_PROCESS_NAMESPACE);
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      return String.join("\n", Files.readAllLines(file, ISO_8859_1)).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
