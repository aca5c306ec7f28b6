package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.jar;
import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.OVER_INOTIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Agent;
import org.inotify4j.fs.programs.DropIn;
import org.inotify4j.fs.programs.StartsAJvm;

/** Ways to start a JVM, with which the ways to tell it must agree. */
final class Starts {

  private static final String WORKS = OVER_INOTIFY + EVENTS;
  private static final String NOT_FOUND =
      "ClassNotFoundException: org.inotify4j.fs.INotifyFileSystemProvider";

  private Starts() {}

  /** On Java 17 JNA has itself warned of. */
  static boolean checkedCalls(Trial trial) throws IOException, InterruptedException {
    ChildJvm.Result result = trial.run(trial.child().options("-Xcheck:jni"));
    if (FOREIGN) {
      return Trial.isDone(result, WORKS);
    }
    assertThat(result.output()).contains(WORKS.lines().toList()).doesNotContain("FATAL");
    return true;
  }

  static boolean anotherAgent(Trial trial) throws IOException, InterruptedException {
    Path agent =
        jar(
            trial.scratch().resolve("agent.jar"),
            Map.of("Premain-Class", Agent.class.getName()),
            Agent.class);
    ChildJvm child = trial.child().options("-javaagent:" + agent + "=" + agent);
    String path = trial.way() == DropInWay.AGENT ? "UnixPath" : "INotifyPath";
    return Trial.isDone(trial.run(child), "agent: true " + path + "\n" + WORKS);
  }

  static boolean givenTwice(Trial trial) throws IOException, InterruptedException {
    return Trial.isDone(trial.run(trial.way().with(trial.child())), WORKS);
  }

  static boolean module(Trial trial) throws IOException, InterruptedException {
    Path module = Packaged.module(trial.scratch().resolve("some.program"), "", DropIn.class);
    ChildJvm child;
    if (trial.way() == DropInWay.CLASS_PATH) {
      child = Packaged.childOfModule(module, DropIn.class);
    } else {
      child =
          ChildJvm.launching("-m", "some.program/" + DropIn.class.getName())
              .options("-p", module.toString())
              .classPath(JNA);
    }
    return Trial.isDone(trial.run(trial.way().with(child)), WORKS);
  }

  static boolean executableJar(Trial trial) throws IOException, InterruptedException {
    Path jar = trial.scratch().resolve("app.jar");
    Path executable = ExecutableJar.make(jar, DropIn.class, trial.program(), JNA);
    ChildJvm child = ChildJvm.launching("-jar", executable.toString()).classPath();
    child.options(optionsBesideJna(trial).toArray(String[]::new));
    return Trial.isDone(trial.run(child), WORKS, NOT_FOUND);
  }

  /** With a class path of its own, that has nothing of the library. */
  static boolean childOfIt(Trial trial) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(optionsBesideJna(trial));
    if (FOREIGN) {
      words.add(Images.OF_CLASS_PATH);
    }
    String options = String.join(" ", words);
    ChildJvm child = trial.way().child(StartsAJvm.class, PROGRAMS);
    ChildJvm.Result result = trial.run(child, trial.program().toString(), options);
    return Trial.isDone(result, StartsAJvm.OUTPUT + WORKS, NOT_FOUND);
  }

  /** The library beside JNA, for a JVM that has none on its class path. */
  private static List<String> optionsBesideJna(Trial trial) throws IOException {
    Path library = Files.copy(Packaged.JAR, trial.scratch().resolve("inotify4j.jar"));
    Files.copy(JNA, trial.scratch().resolve(JNA.getFileName()));
    return trial.way().options(library);
  }
}
