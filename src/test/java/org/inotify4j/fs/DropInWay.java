package org.inotify4j.fs;

import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.ChildJvm;

/** How a JVM is told to give a program the watch service. */
enum DropInWay {
  AGENT("agent"),
  BOOT_CLASS_PATH("boot class path"),
  CLASS_PATH("class path");

  private final String column;

  DropInWay(String column) {
    this.column = column;
  }

  /** What the documentation's table calls it. */
  String column() {
    return column;
  }

  /** The options of the JVM. */
  List<String> options(Path library) {
    String boot = "-Xbootclasspath/a:" + Packaged.path(library, JNA);
    return switch (this) {
      case AGENT -> List.of("-javaagent:" + library);
      case BOOT_CLASS_PATH -> List.of(boot, FLAG);
      case CLASS_PATH -> List.of(FLAG);
    };
  }

  /** A child with a program and its libraries on its class path, and what this way needs there. */
  ChildJvm child(Class<?> main, Path... program) {
    List<Path> entries =
        new ArrayList<>(
            switch (this) {
              case AGENT -> List.of(JNA);
              case BOOT_CLASS_PATH -> List.of();
              case CLASS_PATH -> List.of(JAR, JNA);
            });
    entries.addAll(List.of(program));
    return with(ChildJvm.of(main).classPath(entries.toArray(Path[]::new)));
  }

  /** Tells a child. */
  ChildJvm with(ChildJvm child) {
    return child.options(options(JAR).toArray(String[]::new));
  }
}
