package org.inotify4j.cli.doctor;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.inotify4j.INotifyUsage;
import org.inotify4j.cli.base.JsonText;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.doctor.Mounts.Mount;
import org.jspecify.annotations.Nullable;

/** Makes a diagnosis JSON, one object in one line, for programs. */
final class DoctorJson {

  private final JsonWriter json;

  private DoctorJson(JsonWriter json) {
    this.json = json;
  }

  /** The object, with a newline at its end. */
  static String of(Diagnosis diagnosis) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      new DoctorJson(writer).diagnosis(diagnosis);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return JsonText.escaped(text.toString()) + "\n";
  }

  private void diagnosis(Diagnosis diagnosis) throws IOException {
    json.beginObject();
    system(diagnosis.system());
    java(diagnosis.java());
    json.name("limits").beginArray();
    for (LimitFacts limit : diagnosis.limits()) {
      limit(limit);
    }
    json.endArray();
    usage(diagnosis.usage());
    json.name("paths").beginArray();
    for (PathFacts path : diagnosis.paths()) {
      path(path);
    }
    json.endArray();
    json.name("problems").beginArray();
    for (DoctorProblem problem : diagnosis.problems()) {
      json.beginObject();
      json.name("what").value(problem.what());
      json.name("remedy").value(problem.remedy());
      json.endObject();
    }
    json.endArray();
    json.name("well").value(diagnosis.isWell());
    json.endObject();
  }

  private void system(SystemFacts system) throws IOException {
    json.name("system").beginObject();
    json.name("kernel").value(system.kernel());
    json.name("wsl").value(system.isWsl());
    json.name("container").value(orNull(system.container()));
    json.name("firstUserNamespace").value(system.isFirstUserNamespace());
    json.name("firstProcessNamespace").value(system.isFirstProcessNamespace());
    json.endObject();
  }

  private void java(JavaFacts java) throws IOException {
    json.name("java").beginObject();
    json.name("version").value(java.java());
    json.name("processor").value(java.processor());
    json.name("nativeLayer").value(orNull(java.nativeLayer()));
    json.name("why").value(java.why());
    json.name("provider").value(java.provider());
    json.name("watchService").value(orNull(java.service()));
    json.name("dropIn").value(java.dropIn().isOn());
    json.name("dropInState").value(java.dropIn().state());
    json.endObject();
  }

  private void limit(LimitFacts limit) throws IOException {
    json.beginObject();
    json.name("name").value(limit.name());
    number("value", limit.value());
    number("used", limit.used());
    json.name("setBy").value(limit.setBy());
    json.endObject();
  }

  private void usage(INotifyUsage usage) throws IOException {
    json.name("usage").beginObject();
    json.name("uid").value(usage.uid());
    json.name("instances").value(usage.instances());
    json.name("watches").value(usage.watches());
    json.name("instancesOfUser").value(usage.instancesOfUser());
    json.name("watchesOfUser").value(usage.watchesOfUser());
    json.name("hiddenProcesses").value(usage.hidden());
    json.name("processes").beginArray();
    for (INotifyUsage.OfProcess process : usage.processes()) {
      json.beginObject();
      json.name("pid").value(process.pid());
      json.name("uid").value(process.uid());
      json.name("user").value(process.user());
      json.name("command").value(process.command());
      json.name("instances").value(process.instances());
      json.name("watches").value(process.watches());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void path(PathFacts path) throws IOException {
    json.beginObject();
    bytes("path", path.path());
    json.name("kind").value(path.kind().text);
    json.name("reason").value(path.refusal().isNone() ? null : path.refusal().reason());
    links(path.links());
    if (path.kind().isThere()) {
      json.name("fileSystem").value(path.type().usualName());
      json.name("told").value(path.heard());
      mount("mount", path.mount());
      below(path.below());
      json.name("directories").value(path.need().directories());
      json.name("watches").value(path.need().watches());
      json.name("unreadable").value(path.unreadable().size());
      probe(path.probe());
    }
    json.endObject();
  }

  private void links(List<OnTheWay.Link> links) throws IOException {
    json.name("links").beginArray();
    for (OnTheWay.Link link : links) {
      json.beginObject();
      JsonText.bytes(json, "place", PathNames.bytes(link.place()));
      JsonText.bytes(json, "target", PathNames.bytes(link.target()));
      json.endObject();
    }
    json.endArray();
  }

  private void below(List<PathFacts.Place> places) throws IOException {
    json.name("below").beginArray();
    for (PathFacts.Place place : places) {
      json.beginObject();
      json.name("fileSystem").value(place.type().usualName());
      json.name("told").value(place.heard());
      mount("mount", place.mount());
      json.endObject();
    }
    json.endArray();
  }

  private void mount(String name, @Nullable Mount mount) throws IOException {
    json.name(name);
    if (mount == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    bytes("point", mount.point());
    bytes("root", mount.root());
    json.name("type").value(mount.type());
    bytes("source", mount.source());
    json.endObject();
  }

  private void probe(@Nullable Probe probe) throws IOException {
    json.name("probe");
    if (probe == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("heard").value(probe.isHeard());
    json.name("micros").value(probe.micros());
    json.name("failure").value(orNull(probe.failure()));
    json.endObject();
  }

  private void bytes(String name, String latin1) throws IOException {
    JsonText.bytes(json, name, RawArguments.bytes(latin1));
  }

  private void number(String name, long value) throws IOException {
    json.name(name);
    if (value < 0 || value == Long.MAX_VALUE) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
