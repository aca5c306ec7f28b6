package org.inotify4j.cli.doctor;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import org.inotify4j.INotifyUsage;
import org.inotify4j.base.Escaping;
import org.inotify4j.cli.base.Amount;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.doctor.Mounts.Mount;
import org.jspecify.annotations.Nullable;

/** Makes a diagnosis text for people: one screen, and no name in it can steer the terminal. */
final class DoctorText {

  private static final int MOST_PROCESSES = 10;
  private static final int MOST_PLACES = 5;
  private static final int WIDTH = 50;
  private static final double MILLIS = 1000;

  private final Diagnosis diagnosis;
  private final StringBuilder text = new StringBuilder();

  private DoctorText(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  /** The text, with a newline at its end. */
  static String of(Diagnosis diagnosis) {
    DoctorText text = new DoctorText(diagnosis);
    text.system();
    text.java();
    text.limits();
    text.processes();
    diagnosis.paths().forEach(text::path);
    text.problems();
    return text.text.toString();
  }

  @FormatMethod
  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void system() {
    SystemFacts system = diagnosis.system();
    String container =
        system.container().isEmpty() ? "no container" : "container: " + system.container();
    line(
        "Kernel   %s%s; %s; %s user namespace; %s processes can be seen",
        Escaping.escape(system.kernel()),
        system.isWsl() ? " (WSL)" : "",
        Escaping.escape(container),
        system.isFirstUserNamespace() ? "the first" : "its own",
        system.isFirstProcessNamespace() ? "all" : "only the container's");
  }

  private void java() {
    JavaFacts java = diagnosis.java();
    line("Java     %s, %s", java.java(), java.processor());
    line(
        "Native   %s",
        java.nativeLayer().isEmpty() ? "not to be had" : java.nativeLayer() + ": " + java.why());
    line(
        "Drop-in  %s; newWatchService() %s",
        Escaping.escape(java.dropIn().state()),
        java.service().isEmpty()
            ? "fails: " + Escaping.escape(java.serviceFailure())
            : "is " + java.service());
  }

  private void limits() {
    line("");
    line("%-30s %12s %12s  %s", "Limit", "is", "used", "set by");
    for (LimitFacts limit : diagnosis.limits()) {
      String used = limit.used() < 0 ? "" : "" + limit.used();
      String percent = limit.percent() < 0 ? "" : " (" + limit.percent() + "%)";
      line(
          "%-30s %12s %12s  %s",
          limit.name(), number(limit.value()), used + percent, Escaping.escape(limit.setBy()));
    }
  }

  private static String number(long value) {
    return value < 0 ? "?" : value == Long.MAX_VALUE ? "unlimited" : Long.toString(value);
  }

  private void processes() {
    INotifyUsage usage = diagnosis.usage();
    List<INotifyUsage.OfProcess> processes = usage.processes();
    line("");
    if (!processes.isEmpty()) {
      line("%8s  %-12s %9s %9s  %s", "Process", "user", "instances", "watches", "command");
    }
    processes.stream()
        .limit(MOST_PROCESSES)
        .forEach(
            process ->
                line(
                    "%8d  %-12s %9d %9d  %s",
                    process.pid(),
                    Escaping.escape(process.user()),
                    process.instances(),
                    process.watches(),
                    shortened(Escaping.escape(process.command()))));
    if (processes.size() > MOST_PROCESSES) {
      line("%8s  and %d processes more", "", processes.size() - MOST_PROCESSES);
    }
    line(
        "All of them: %s, %s%s",
        Amount.of(usage.instances(), "instance", "instances"),
        Amount.of(usage.watches(), "watch", "watches"),
        usage.hidden() == 0
            ? ""
            : "; processes that could not be read: "
                + usage.hidden()
                + (usage.uid() == 0 ? "" : " (root can)"));
  }

  /** Some text that may be long: what is cut is told by dots. */
  static String shortened(String escaped) {
    return escaped.codePointCount(0, escaped.length()) <= WIDTH
        ? escaped
        : escaped.substring(0, escaped.offsetByCodePoints(0, WIDTH - 3)) + "...";
  }

  private void path(PathFacts path) {
    line("");
    String why = path.refusal().isNone() ? "" : ": " + path.refusal().reason();
    line("%s: %s%s", escaped(path.path()), path.kind().text, why);
    path.links().forEach(link -> line("  by the link %s", link(link)));
    if (!path.kind().isThere()) {
      return;
    }
    line("  on %s%s", path.type().usualName(), path.mount() == null ? "" : mounted(path.mount()));
    line("  inotify tells there %s", path.heard());
    path.below().stream().limit(MOST_PLACES).forEach(this::below);
    if (path.below().size() > MOST_PLACES) {
      line("  and %d mounts more below", path.below().size() - MOST_PLACES);
    }
    need(path);
    probe(path.probe());
  }

  private void need(PathFacts path) {
    long free = diagnosis.freeWatches();
    String ofThose = free == Long.MAX_VALUE ? "those" : "" + free;
    WatchCount.Need need = path.need();
    if (path.kind() == PathFacts.Kind.DIRECTORY) {
      line(
          "  %s: as many watches for the whole tree, of %s that are free",
          Amount.of(need.directories(), "directory", "directories"), ofThose);
    } else {
      line(
          "  %s for it and the directories on the way, of %s that are free",
          Amount.of(need.watches(), "watch", "watches"), ofThose);
    }
  }

  private void below(PathFacts.Place place) {
    line(
        "  below, at %s: %s%s; inotify tells %s",
        escaped(place.mount().point()),
        place.type().usualName(),
        source(place.mount()),
        place.heard());
  }

  private void probe(@Nullable Probe probe) {
    if (probe != null && probe.isHeard()) {
      line("  probe: a new file was heard of after %.1f ms", probe.micros() / MILLIS);
    } else if (probe != null) {
      line("  probe: %s", probe.failure().isEmpty() ? "not heard" : "not possible");
    }
  }

  private static String mounted(Mount mount) {
    return ", mounted at " + escaped(mount.point()) + source(mount);
  }

  private static String source(Mount mount) {
    String part = mount.isPart() ? escaped(mount.root()) + " of " : "";
    return " (" + part + escaped(mount.source()) + ", " + escaped(mount.type()) + ")";
  }

  /** One link, for people. */
  static String link(OnTheWay.Link link) {
    return Escaping.escape(PathNames.bytes(link.place()))
        + " -> "
        + Escaping.escape(PathNames.bytes(link.target()));
  }

  private void problems() {
    line("");
    if (diagnosis.isWell()) {
      line("All is well.");
      return;
    }
    for (DoctorProblem problem : diagnosis.problems()) {
      line("WRONG  %s", problem.what());
      line("  ->   %s", problem.remedy());
    }
  }

  private static String escaped(String latin1) {
    return Escaping.escape(RawArguments.bytes(latin1));
  }
}
