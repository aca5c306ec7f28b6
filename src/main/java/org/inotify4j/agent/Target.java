package org.inotify4j.agent;

import org.jspecify.annotations.Nullable;

/** The methods of the JDK that are changed; the {@link Hook} of the same name answers each. */
enum Target {
  /** {@code FileSystem.newWatchService()} of the default file system. */
  NEW_WATCH_SERVICE(
      "sun/nio/fs/LinuxFileSystem", "newWatchService", "()Ljava/nio/file/WatchService;", 0),

  /** {@code Path.register} of the default file system's paths. */
  REGISTER(
      "sun/nio/fs/UnixPath",
      "register",
      "(Ljava/nio/file/WatchService;[Ljava/nio/file/WatchEvent$Kind;"
          + "[Ljava/nio/file/WatchEvent$Modifier;)Ljava/nio/file/WatchKey;",
      3);

  /** The name of the enum that answers: the JDK's module sees none of our types. */
  static final String HOOK = "org.inotify4j.agent.Hook";

  /** The class, as class files name it. */
  final String type;

  /** The name of the method. */
  final String method;

  final String descriptor;

  /** How many arguments the method has, all of them references. */
  final int arguments;

  Target(String type, String method, String descriptor, int arguments) {
    this.type = type;
    this.method = method;
    this.descriptor = descriptor;
    this.arguments = arguments;
  }

  /** The target in a class of the JDK's, if there is one. */
  static @Nullable Target in(@Nullable String type) {
    if (NEW_WATCH_SERVICE.type.equals(type)) {
      return NEW_WATCH_SERVICE;
    }
    return REGISTER.type.equals(type) ? REGISTER : null;
  }

  /** The name of the class, as programs write it. */
  String typeName() {
    return type.replace('/', '.');
  }

  /** What the method returns, as class files name it. */
  String returned() {
    return descriptor.substring(descriptor.indexOf(')') + 2, descriptor.length() - 1);
  }
}
