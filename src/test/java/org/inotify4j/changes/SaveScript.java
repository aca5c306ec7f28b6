package org.inotify4j.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of the scripts that {@link SafeSavesTest} explains. */
final class SaveScript implements AutoCloseable {

  private static final String BEFORE = "before:";
  private static final String SAVE = "save:";
  private static final String BATCH = "batch:";
  private static final String FINISHED = "finished:";

  private final String name;
  private final Map<String, List<String>> sections = new LinkedHashMap<>();

  /** By the name that it was opened by. */
  private final Map<String, FileChannel> open = new HashMap<>();

  private SaveScript(String name) {
    this.name = name;
  }

  static SaveScript read(Path file) throws IOException {
    SaveScript script = new SaveScript(file.getFileName().toString().replace(".txt", ""));
    List<String> section = null;
    for (String line : Files.readAllLines(file, UTF_8)) {
      if (List.of(BEFORE, SAVE, BATCH, FINISHED).contains(line)) {
        section = new ArrayList<>();
        script.sections.put(line, section);
      } else if (!line.isEmpty() && !line.startsWith("# ")) {
        requireNonNull(section, file + " begins with no section").add(line);
      }
    }
    for (String needed : List.of(BEFORE, SAVE, BATCH)) {
      script.section(needed);
    }
    return script;
  }

  private List<String> section(String title) {
    return requireNonNull(sections.get(title), name + " has no " + title);
  }

  String name() {
    return name;
  }

  /** What a listener is to be told, in any order. */
  List<String> expected(boolean isFinishedOnly) {
    return section(isFinishedOnly && sections.containsKey(FINISHED) ? FINISHED : BATCH);
  }

  void prepare(Path root) throws IOException {
    run(BEFORE, root);
  }

  void save(Path root) throws IOException {
    run(SAVE, root);
  }

  private void run(String title, Path root) throws IOException {
    for (String step : section(title)) {
      String[] words = step.split(" ");
      run(words, root.resolve(words[1]), root);
    }
  }

  private void run(String[] words, Path path, Path root) throws IOException {
    switch (words[0]) {
      case "file" -> Files.writeString(path, words[2]);
      case "create" ->
          open(words[1], path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      case "open" -> open(words[1], path, StandardOpenOption.WRITE);
      case "rewrite" ->
          open(words[1], path, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
      case "write" -> channel(words[1]).write(UTF_8.encode(words[2]));
      case "truncate" -> channel(words[1]).truncate(Long.parseLong(words[2]));
      case "fsync" -> channel(words[1]).force(true);
      case "close" -> requireNonNull(open.remove(words[1]), words[1]).close();
      case "rename" -> Files.move(path, root.resolve(words[2]), StandardCopyOption.ATOMIC_MOVE);
      case "link" -> Files.createLink(root.resolve(words[2]), path);
      case "symlink" -> Files.createSymbolicLink(path, Path.of(words[2]));
      case "unlink", "rmdir" -> Files.delete(path);
      case "mkdir" -> Files.createDirectory(path);
      case "utime" -> Files.setLastModifiedTime(path, FileTime.fromMillis(1));
      case "chmod" ->
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(words[2]));
      default -> throw new IllegalArgumentException(name + ": no such step: " + words[0]);
    }
  }

  private void open(String key, Path path, StandardOpenOption... options) throws IOException {
    FileChannel before = open.put(key, FileChannel.open(path, options));
    if (before != null) {
      throw new IllegalArgumentException(name + ": open already: " + key);
    }
  }

  private FileChannel channel(String key) {
    return requireNonNull(open.get(key), name + ": not open: " + key);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : open.values()) {
      channel.close();
    }
  }
}
