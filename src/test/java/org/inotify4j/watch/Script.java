package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.Syscalls;
import org.jspecify.annotations.Nullable;

/** One of the scripts that {@link ScriptTest} explains. */
final class Script {

  private static final String EXCLUDE = "exclude=";

  /** The steps that only a service of ours knows. */
  private static final Set<String> OURS = Set.of("second", "hold", "release", "queue");

  private final String name;
  private final List<String> steps = new ArrayList<>();

  /** The sequences of events that are allowed. */
  private final Set<List<String>> expected = new HashSet<>();

  private final Map<String, WatchKey> keys = new LinkedHashMap<>();

  private Script(String name) {
    this.name = name;
  }

  static Script read(Path file) throws IOException {
    Script script = new Script(file.getFileName().toString());
    List<String> events = null;
    for (String raw : Files.readAllLines(file, UTF_8)) {
      String line = raw.replaceFirst("#.*", "").trim();
      if (line.equals("events:") || line.equals("or:")) {
        if (events != null) {
          script.expected.add(events);
        }
        events = new ArrayList<>();
      } else if (!line.isEmpty()) {
        (events == null ? script.steps : events).add(line.replaceAll("\\s+", " "));
      }
    }
    if (events == null) {
      throw new IllegalArgumentException(file + " has no events:");
    }
    script.expected.add(events);
    return script;
  }

  String name() {
    return name;
  }

  Set<List<String>> expected() {
    return expected;
  }

  /** Whether the JDK's service can run it as well. */
  boolean isStandard() {
    return steps.stream()
        .map(Script::words)
        .noneMatch(
            words ->
                OURS.contains(words[0])
                    || (words[0].equals("watch")
                        && (!modifiers(words).isEmpty()
                            || kinds(words).stream().anyMatch(Script::isOurs))));
  }

  private static boolean isOurs(WatchEvent.Kind<?> kind) {
    return kind.getClass().getPackageName().equals(INotifyEventKinds.class.getPackageName());
  }

  /** Runs the steps in a directory and returns what the keys were told, one key after the other. */
  List<String> run(Implementation implementation, Path root, Path quiet) throws Exception {
    Files.createDirectories(root.resolve("out"));
    keys.clear();
    try (ScriptServices services =
        isStandard() ? ScriptServices.of(implementation, quiet) : ScriptServices.ofOurs(queue())) {
      for (String step : steps) {
        run(words(step), services, root);
      }
      services.release();
      services.sync();
      return told();
    }
  }

  /** How many events the kernel's queue takes, or 0 for as many as usual. */
  private int queue() {
    return steps.stream()
        .map(Script::words)
        .filter(words -> words[0].equals("queue"))
        .mapToInt(words -> Integer.parseInt(words[1]))
        .findFirst()
        .orElse(0);
  }

  private void run(String[] words, ScriptServices services, Path root) throws Exception {
    switch (words[0]) {
      case "queue" -> {}
      case "hold" -> services.hold();
      case "release" -> services.release();
      case "sync" -> services.sync();
      case "second" -> watch(words[0] + " ", services, root, words(step(words)));
      case "watch" -> watch("", services, root, words);
      case "cancel" -> key(step(words)).cancel();
      default -> step(words, root);
    }
  }

  /** What comes after the first word. */
  private static String step(String[] words) {
    return String.join(" ", List.of(words).subList(1, words.length));
  }

  private void watch(String prefix, ScriptServices services, Path root, String[] words)
      throws IOException {
    WatchEvent.Kind<?>[] kinds = kinds(words).toArray(new WatchEvent.Kind<?>[0]);
    WatchEvent.Modifier[] modifiers = modifiers(words).toArray(new WatchEvent.Modifier[0]);
    Path path = root.resolve(words[1]);
    WatchKey key = services.register(!prefix.isEmpty(), path, kinds, modifiers);
    keys.put(prefix + words[1], key);
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    for (Map.Entry<String, WatchKey> entry : keys.entrySet()) {
      String prefix = keys.size() == 1 ? "" : entry.getKey() + ": ";
      for (String event : Told.by(entry.getValue())) {
        // How many are lost depends on when they are read.
        String text = event.replaceFirst("^(OVERFLOW).*", "$1").replaceAll(" +", " ");
        told.add((prefix + text).trim());
      }
      if (!entry.getValue().isValid()) {
        told.add(prefix + "INVALID");
      }
    }
    return told;
  }

  private WatchKey key(String path) {
    WatchKey key = keys.get(path);
    if (key == null) {
      throw new IllegalArgumentException(name + ": not watched: " + path);
    }
    return key;
  }

  private void step(String[] words, Path root) throws IOException {
    Path path = root.resolve(words[1]);
    switch (words[0]) {
      case "mkdir" -> Files.createDirectories(path);
      case "rmdir", "rm" -> Files.delete(path);
      case "rm-r" -> TreeChanges.removeAll(path);
      case "touch" -> {
        if (Files.exists(path)) {
          Files.setLastModifiedTime(path, FileTime.fromMillis(1));
        } else {
          Files.createFile(path);
        }
      }
      case "write" -> Files.write(path, bytes(words), WRITE, TRUNCATE_EXISTING);
      case "append" -> Files.write(path, bytes(words), WRITE, APPEND);
      case "truncate" -> {
        try (FileChannel channel = FileChannel.open(path, WRITE)) {
          channel.truncate(Long.parseLong(words[2]));
        }
      }
      case "read" -> Files.readAllBytes(path);
      case "chmod" ->
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(words[2]));
      case "mv" -> Files.move(path, root.resolve(words[2]), ATOMIC_MOVE);
      case "exchange" -> Syscalls.exchange(path, root.resolve(words[2]));
      case "ln" -> Files.createLink(root.resolve(words[2]), path);
      case "symlink" -> Files.createSymbolicLink(root.resolve(words[2]), Path.of(words[1]));
      case "touch-many" -> {
        for (int i = 0; i < Integer.parseInt(words[2]); i++) {
          Files.createFile(path.resolve("f" + i));
        }
      }
      default -> throw new IllegalArgumentException(name + ": no such step: " + words[0]);
    }
  }

  private static byte[] bytes(String[] words) {
    return (words.length > 2 ? words[2] : "some bytes").getBytes(US_ASCII);
  }

  private static String[] words(String step) {
    return step.split(" ");
  }

  private static List<WatchEvent.Kind<?>> kinds(String[] words) {
    List<WatchEvent.Kind<?>> kinds = new ArrayList<>();
    Stream.of(words)
        .skip(2)
        .filter(word -> modifier(word) == null)
        .map(Script::kind)
        .forEach(kinds::add);
    return kinds.isEmpty()
        ? List.of(
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_DELETE,
            StandardWatchEventKinds.ENTRY_MODIFY)
        : kinds;
  }

  private static List<WatchEvent.Modifier> modifiers(String[] words) {
    List<WatchEvent.Modifier> modifiers = new ArrayList<>();
    for (String word : List.of(words).subList(2, words.length)) {
      WatchEvent.Modifier modifier = modifier(word);
      if (modifier != null) {
        modifiers.add(modifier);
      }
    }
    return modifiers;
  }

  private static WatchEvent.@Nullable Modifier modifier(String word) {
    return switch (word) {
      case "RECURSIVE" -> INotifyModifiers.RECURSIVE;
      case "FILE" -> INotifyModifiers.FILE;
      case "ONESHOT" -> INotifyModifiers.ONESHOT;
      case "NOFOLLOW" -> INotifyModifiers.NOFOLLOW;
      case "EXCLUDE_UNLINKED" -> INotifyModifiers.EXCLUDE_UNLINKED;
      default ->
          word.startsWith(EXCLUDE)
              ? INotifyModifiers.exclude(word.substring(EXCLUDE.length()))
              : null;
    };
  }

  private static WatchEvent.Kind<?> kind(String name) {
    return switch (name) {
      case "ENTRY_CREATE" -> StandardWatchEventKinds.ENTRY_CREATE;
      case "ENTRY_DELETE" -> StandardWatchEventKinds.ENTRY_DELETE;
      case "ENTRY_MODIFY" -> StandardWatchEventKinds.ENTRY_MODIFY;
      case "RENAME" -> INotifyEventKinds.RENAME;
      case "UNWATCHED" -> INotifyEventKinds.UNWATCHED;
      default ->
          Flag.of(Mask.ALL_EVENTS).stream()
              .filter(flag -> flag.name().equals(name))
              .map(flag -> INotifyEventKinds.of(flag))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no such kind: " + name));
    };
  }
}
