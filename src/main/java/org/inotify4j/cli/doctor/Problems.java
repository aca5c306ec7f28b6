package org.inotify4j.cli.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.inotify4j.INotifyUsage;
import org.inotify4j.base.Escaping;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.disk.FileSystemType;
import org.inotify4j.disk.Refusal;

/** Finds out what is wrong, and which command mends it. */
final class Problems {

  private static final long MICROS = 1000;

  /** What this library and the JDK say alike. */
  private static final String NO_INSTANCES = "User limit of inotify instances reached";

  private final Remedies remedies;
  private final List<LimitFacts> limits;
  private final INotifyUsage usage;
  private final List<DoctorProblem> found = new ArrayList<>();

  private Problems(SystemFacts system, List<LimitFacts> limits, INotifyUsage usage) {
    this.remedies = new Remedies(system);
    this.limits = limits;
    this.usage = usage;
  }

  /** What is wrong, the reasons for which nothing at all can be watched first. */
  static List<DoctorProblem> of(
      SystemFacts system,
      JavaFacts java,
      List<LimitFacts> limits,
      INotifyUsage usage,
      List<PathFacts> paths) {
    Problems problems = new Problems(system, limits, usage);
    problems.ofJava(java);
    problems.ofLimits();
    paths.forEach(problems::ofPath);
    problems.ofAll(paths);
    return problems.found;
  }

  private void add(String what, String remedy) {
    found.add(new DoctorProblem(what, remedy));
  }

  private void ofJava(JavaFacts java) {
    if (java.nativeLayer().isEmpty()) {
      add("the kernel cannot be reached: " + Escaping.escape(java.why()), "see there");
    } else if (!java.serviceFailure().isEmpty()) {
      add(
          "no watch service can be had: " + Escaping.escape(java.serviceFailure()),
          java.serviceFailure().startsWith(NO_INSTANCES) ? ofInstances() : "see there");
    } else if (java.dropIn().isAskedFor() && !java.dropIn().isOn()) {
      ofDropIn(java.dropIn(), Escaping.escape(java.service()));
    }
  }

  private void ofDropIn(DropIn dropIn, String service) {
    String why = Escaping.escape(dropIn.off());
    add(
        dropIn.way() + " is asked for, and programs get " + service + ": " + why,
        why.startsWith("it is switched off by ") ? "leave that out" : "see there");
  }

  /** What helps where no instance is left: the narrowest of the limits on them is raised. */
  private String ofInstances() {
    return raised(name -> name.endsWith("_instances") || name.equals("RLIMIT_NOFILE"))
        .orElse("see there");
  }

  private void ofLimits() {
    for (LimitFacts limit : limits) {
      if (limit.isNearlyUsedUp()) {
        String how = limit.free() == 0 ? " is used up: " : " is nearly used up: ";
        add(
            limit.name() + how + limit.used() + " of " + limit.value() + most(limit),
            remedies.raise(limit, 0));
      }
    }
  }

  /** Who uses most of it. */
  private String most(LimitFacts limit) {
    Comparator<INotifyUsage.OfProcess> order =
        limit.name().endsWith("_watches")
            ? Comparator.comparingLong(INotifyUsage.OfProcess::watches)
            : Comparator.comparingLong(INotifyUsage.OfProcess::instances);
    return usage.processes().stream()
        .filter(process -> process.uid() == usage.uid() && limit.name().contains("inotify"))
        .max(order)
        .map(process -> ", most of it by process " + process.pid() + " " + command(process))
        .orElse("");
  }

  private static String command(INotifyUsage.OfProcess process) {
    return DoctorText.shortened(Escaping.escape(process.command()));
  }

  private void ofPath(PathFacts path) {
    String name = escaped(path.path());
    switch (path.kind()) {
      case MISSING ->
          add(
              name + ": nothing is there" + dangling(path),
              "make it first, or watch the directory that it will be in");
      case FORBIDDEN ->
          add(
              name + ": permission denied",
              "make it readable, and each directory on the way to it searchable: "
                  + Remedies.links(path.path()));
      case UNREACHABLE -> {
        String point = path.mount() == null ? path.path() : path.mount().point();
        add(name + ": " + path.refusal().reason(), Remedies.of(path.refusal(), path.path(), point));
      }
      case OTHER -> {
        add(
            name
                + ": a pipe, a socket or a device: that it is opened, closed, moved and deleted is"
                + " told, that it is read and written is not, by newer kernels",
            "watch for what is told, or have who writes there write to a file");
        ofProbe(path, name);
      }
      case FILE, DIRECTORY -> {
        ofFileSystem(path, name);
        ofDirectories(path);
        ofProbe(path, name);
      }
    }
  }

  private static String escaped(String latin1) {
    return Escaping.escape(RawArguments.bytes(latin1));
  }

  private static String dangling(PathFacts path) {
    List<OnTheWay.Link> links = path.links();
    return links.isEmpty()
        ? ""
        : " where the link leads " + DoctorText.link(links.get(links.size() - 1));
  }

  private void ofFileSystem(PathFacts path, String name) {
    if (path.mount() != null && path.mount().isOfDeleted()) {
      add(
          name + ": what is mounted there was deleted where it comes from",
          "restart the container, or mount it again");
    } else if (path.isMountedFile()) {
      add(
          name + ": a single file is mounted there: who replaces it on the other side is not seen",
          "mount the directory that it is in");
    }
    if (path.type().isSilent()) {
      add(
          silent(name, path.type()),
          "have it polled: RECURSIVE and FILE do that by themselves, others with"
              + " -Dinotify4j.poll=auto");
    } else if (path.type().isMadeUp()) {
      add(on(name, path.type()) + "does not tell what the kernel changes", "read it now and then");
    }
    for (PathFacts.Place place : path.below()) {
      if (place.type().isSilent()) {
        add(
            silent(escaped(place.mount().point()), place.type()),
            "have it polled: RECURSIVE does that by itself");
      }
    }
  }

  private static String silent(String name, FileSystemType type) {
    return on(name, type) + "tells only what is done on this machine";
  }

  private static String on(String name, FileSystemType type) {
    return name + ": on " + type.usualName() + " inotify ";
  }

  private void ofDirectories(PathFacts path) {
    Map<Refusal, List<String>> reasons = new LinkedHashMap<>();
    for (PathFacts.Unreadable below : path.unreadable()) {
      reasons.computeIfAbsent(below.refusal(), any -> new ArrayList<>()).add(below.path());
    }
    reasons.forEach((refusal, below) -> ofDirectories(path.path(), refusal, below));
  }

  private void ofDirectories(String path, Refusal refusal, List<String> below) {
    String name = escaped(path);
    String first = escaped(below.get(0));
    String more = below.size() == 1 ? "" : " and " + (below.size() - 1) + " more";
    String what = name + ": not to be read below it: " + first + more;
    if (refusal.isForbidden() || refusal.isNone()) {
      add(what, "make them readable and searchable for this user, or --exclude them");
    } else {
      String whole = path + (path.endsWith("/") ? "" : "/") + below.get(0);
      add(what + ": " + refusal.reason(), Remedies.of(refusal, whole, whole) + "; or --exclude it");
    }
  }

  /** Whether all paths together fit. */
  private void ofAll(List<PathFacts> paths) {
    long needed = paths.stream().mapToLong(path -> path.need().more()).sum();
    for (LimitFacts limit : limits) {
      if (limit.name().endsWith("_watches") && needed > limit.free()) {
        add(
            needed
                + " watches are needed, and "
                + limit.name()
                + " leaves room for "
                + limit.free()
                + " of its "
                + limit.value(),
            remedies.raise(limit, needed));
      }
    }
  }

  private void ofProbe(PathFacts path, String name) {
    Probe probe = path.probe();
    if (probe == null || probe.isHeard()) {
      return;
    }
    if (probe.failure().isEmpty()) {
      add(
          name + ": a new file was not heard of in " + probe.micros() / MICROS + " ms",
          "have it polled: -Dinotify4j.poll=always");
    } else {
      add(
          name + ": no probe was possible: " + Escaping.escape(probe.failure()),
          probe.limit().isEmpty()
              ? "let it be made where this user may write, or leave --probe out"
              // Whatever is known of who uses it.
              : raised(probe.limit()::equals).orElse("raise " + probe.limit()));
    }
  }

  /** What raises the narrowest of the limits of some names; nothing where none is known. */
  private Optional<String> raised(Predicate<String> names) {
    return limits.stream()
        .filter(limit -> names.test(limit.name()))
        .min(Comparator.comparingLong(LimitFacts::free))
        .map(limit -> remedies.raise(limit, 0));
  }
}
