package org.inotify4j.cli;

import java.util.List;
import java.util.Map;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.doctor.DoctorCommand;
import org.inotify4j.cli.exec.ExecCommand;
import org.inotify4j.cli.snapshot.SnapshotCommand;
import org.inotify4j.cli.snapshot.SnapshotDiffCommand;
import org.inotify4j.cli.snapshot.SnapshotSaveCommand;
import org.inotify4j.cli.stats.StatsCommand;
import org.inotify4j.cli.watch.WatchCommand;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Makes the commands, and no more of them than are needed: reading the options of one takes the
 * start of a JVM some milliseconds, and so does loading the native layer, which goes on beside it.
 */
final class Commands implements CommandLine.IFactory {

  /** In the order of the help. */
  private static final List<Class<?>> ALL =
      List.of(
          WatchCommand.class,
          ExecCommand.class,
          StatsCommand.class,
          SnapshotCommand.class,
          DoctorCommand.class,
          ManCommand.class,
          CompletionCommand.class);

  /** Those that have to do with no other one. */
  private static final Map<String, Class<?>> ALONE =
      Map.of("watch", WatchCommand.class, "stats", StatsCommand.class);

  /**
   * What need not be looked for, by properties that are set unless the user has: Groovy, for which
   * picocli searches the whole class path; its converters for types that no option has; and the
   * places of libraries, which JNA has a process print.
   */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "picocli.disable.closures", "true",
          "picocli.converters.excludes", "java\\.(sql|time)\\..*",
          "jna.platform.library.path", "");

  private final Console console;

  Commands(Console console) {
    this.console = console;
  }

  /** Sets what spares time at the start; picocli and JNA ask when they are loaded. */
  static void setProperties() {
    for (Map.Entry<String, String> property : PROPERTIES.entrySet()) {
      if (System.getProperty(property.getKey()) == null) {
        System.setProperty(property.getKey(), property.getValue());
      }
    }
  }

  /** Loads the native layer in a thread, if a command is about to need it. */
  static void loadAhead(String... args) {
    if (args.length == 0 || !ALONE.containsKey(args[0])) {
      return;
    }
    Thread thread = new Thread(Commands::load, "inotify4j-load");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    try {
      String unused = SystemLibC.reason();
    } catch (UnsupportedOperationException e) {
      // The command itself meets it, and says so.
    }
  }

  /** Gives the whole command those that its arguments can mean. */
  void addTo(CommandLine whole, String... args) {
    Class<?> alone = args.length == 0 ? null : ALONE.get(args[0]);
    for (Class<?> command : alone == null ? ALL : List.of(alone)) {
      whole.addSubcommand(command);
    }
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Object made = made(type);
    return made == null ? CommandLine.defaultFactory().create(type) : type.cast(made);
  }

  /** A command that prints; null for anything else. */
  private @Nullable Object made(Class<?> type) {
    if (type == WatchCommand.class) {
      return new WatchCommand(console);
    }
    if (type == ExecCommand.class) {
      return new ExecCommand(console);
    }
    if (type == StatsCommand.class) {
      return new StatsCommand(console);
    }
    if (type == DoctorCommand.class) {
      return new DoctorCommand(console);
    }
    if (type == ManCommand.class) {
      return new ManCommand(console);
    }
    if (type == CompletionCommand.class) {
      return new CompletionCommand(console);
    }
    if (type == SnapshotSaveCommand.class) {
      return new SnapshotSaveCommand(console);
    }
    return type == SnapshotDiffCommand.class ? new SnapshotDiffCommand(console) : null;
  }
}
