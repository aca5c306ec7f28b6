package org.inotify4j.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inotify4j.INotifyUsage;
import org.inotify4j.base.Escaping;

/** Finds out what is wrong, and which command mends it. */
final class Problems {

  private static final long MICROS = 1000;

  private final Remedies remedies;
  private final List<LimitFacts> limits;
  private final INotifyUsage usage;
  private final List<Problem> found = new ArrayList<>();

  private Problems(SystemFacts system, List<LimitFacts> limits, INotifyUsage usage) {
    this.remedies = new Remedies(system);
    this.limits = limits;
    this.usage = usage;
  }

  /** What is wrong, the reasons for which nothing at all can be watched first. */
  static List<Problem> of(
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
    found.add(new Problem(what, remedy));
  }

  private void ofJava(JavaFacts java) {
    if (java.nativeLayer().isEmpty()) {
      add("the kernel cannot be reached: " + Escaping.escape(java.why()), "see there");
    } else if (java.isRequested() && !java.isOurs()) {
      add(
          "-D"
              + JavaFacts.PROPERTY
              + " is set, and programs get another watch service: "
              + Escaping.escape(java.service() + java.serviceFailure()),
          "see what its logger org.inotify4j.fs says, and whether -Dinotify4j.disable is set");
    }
  }

  private void ofLimits() {
    for (LimitFacts limit : limits) {
      if (limit.isNearlyUsedUp()) {
        String how = limit.free() == 0 ? " is used up: " : " is nearly used up: ";
        add(
            limit.name() + how + limit.used() + " of " + limit.value() + most(limit),
            remedies.raise(limit.name(), limit.value(), 0));
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
    String name = Escaping.escape(RawArguments.bytes(path.path()));
    switch (path.kind()) {
      case MISSING ->
          add(
              name + ": nothing is there" + dangling(path),
              "make it first, or watch the directory that it will be in");
      case FORBIDDEN ->
          add(
              name + ": permission denied",
              "make it readable, and each directory on the way to it searchable: namei -l " + name);
      case OTHER -> add(name + ": a special file", "watch a directory or a file");
      case FILE, DIRECTORY -> {
        ofFileSystem(path, name);
        ofDirectories(path, name);
        ofProbe(path, name);
      }
    }
  }

  private static String dangling(PathFacts path) {
    List<LinksOnTheWay.Link> links = path.links();
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
          name
              + ": on "
              + path.type().usualName()
              + " inotify tells only what is done on this machine",
          "have it polled: RECURSIVE and FILE do that by themselves, others with"
              + " -Dinotify4j.poll=auto");
    } else if (path.type().isMadeUp()) {
      add(
          name
              + ": on "
              + path.type().usualName()
              + " inotify does not tell what the kernel changes",
          "read it now and then");
    }
    path.below().stream()
        .filter(place -> place.type().isSilent())
        .forEach(
            place ->
                add(
                    Escaping.escape(RawArguments.bytes(place.mount().point()))
                        + ": on "
                        + place.type().usualName()
                        + " inotify tells only what is done on this machine",
                    "have it polled: RECURSIVE does that by itself"));
  }

  private void ofDirectories(PathFacts path, String name) {
    if (!path.unreadable().isEmpty()) {
      String first = Escaping.escape(RawArguments.bytes(path.unreadable().get(0)));
      int more = path.unreadable().size() - 1;
      add(
          name
              + ": not to be read below it: "
              + first
              + (more == 0 ? "" : " and " + more + " more"),
          "make them readable and searchable for this user, or --exclude them");
    }
  }

  /** Whether all paths together fit. */
  private void ofAll(List<PathFacts> paths) {
    long needed = paths.stream().mapToLong(PathFacts::watches).sum();
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
            remedies.raise(limit.name(), limit.value(), needed));
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
          "let it be made where this user may write, or leave --probe out");
    }
  }
}
