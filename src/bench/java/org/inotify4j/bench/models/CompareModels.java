package org.inotify4j.bench.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Tries other watchers beside this project's, each trial in a process of its own, and prints a
 * table. {@code -Dbench.scale} makes trees and bursts smaller.
 */
public final class CompareModels {

  private static final double SCALE = Double.parseDouble(System.getProperty("bench.scale", "1"));
  private static final long PATIENCE_SECONDS = 600;

  private final Path temp;

  private CompareModels(Path temp) {
    this.temp = temp;
  }

  /**
   * Prints the table.
   *
   * @param args the trials, such as "rename"; all of them if there is none, or a pattern only
   */
  public static void main(String[] args) throws Exception {
    List<String> chosen = new ArrayList<>(List.of(args));
    chosen.remove(".*");
    Path temp = Files.createTempDirectory("models");
    try {
      new CompareModels(temp).run(chosen);
    } finally {
      shell(temp, "rm -rf '" + temp + "'");
    }
  }

  private void run(List<String> chosen) throws Exception {
    StringBuilder head = new StringBuilder("| |");
    StringBuilder line = new StringBuilder("| --- |");
    for (Model model : Model.values()) {
      head.append(' ').append(model.name().toLowerCase(Locale.ROOT)).append(" |");
      line.append(" --- |");
    }
    System.out.println(head + "\n" + line);
    int directories = (int) (2_000 * SCALE);
    for (String trial : List.of("initial", "rename", "tar", "burst", "finished", "cpu", "tree")) {
      if (!chosen.isEmpty() && !chosen.contains(trial)) {
        continue;
      }
      String argument =
          switch (trial) {
            case "tar" -> archive(directories).toString();
            case "burst" -> String.valueOf((int) (100_000 * SCALE));
            case "cpu" -> String.valueOf((int) (200_000 * SCALE));
            default -> "";
          };
      Path tree = trial.equals("tree") ? tree((int) (50_000 * SCALE)) : null;
      System.out.print("| " + trial + " |");
      for (Model model : Model.values()) {
        Path root = tree == null ? Files.createTempDirectory(temp, trial) : tree;
        System.out.print(" " + attempt(model, trial, root, argument) + " |");
      }
      System.out.println();
    }
  }

  private Path archive(int directories) throws IOException, InterruptedException {
    Path from = Files.createDirectory(temp.resolve("archive"));
    shell(
        from,
        "for i in $(seq "
            + directories
            + "); do mkdir d$i; : > d$i/a; : > d$i/b; : > d$i/c; done;"
            + " tar cf ../archive.tar .");
    return temp.resolve("archive.tar");
  }

  private Path tree(int directories) throws IOException, InterruptedException {
    Path tree = Files.createDirectory(temp.resolve("tree"));
    shell(
        tree,
        "for i in $(seq "
            + Math.max(1, directories / 250)
            + ");"
            + " do mkdir t$i; cd t$i; seq 249 | xargs mkdir; cd ..; done");
    return tree;
  }

  private static String attempt(Model model, String trial, Path root, String argument)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("-Xmx1g", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(TryModel.class.getName(), model.name(), trial, root.toString(), argument));
    Path out = Files.createTempFile("model", ".out");
    Path err = Files.createTempFile("model", ".err");
    Process process =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(out, UTF_8).strip();
    if (said.isEmpty()) {
      System.err.println(model + " " + trial + ": " + Files.readString(err, UTF_8));
    }
    Files.delete(out);
    Files.delete(err);
    return hasEnded ? said.isEmpty() ? "failed" : said : "not ended in ten minutes";
  }

  private static void shell(Path directory, String script)
      throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("sh", "-c", script).directory(directory.toFile()).start().waitFor();
    if (code != 0) {
      throw new IOException(script + ": " + code);
    }
  }
}
