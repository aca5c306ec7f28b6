package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In repositories with files at random places and random lines, JGit leaves out the same. */
final class GitIgnoreRefereeTest {

  private static final int REPOSITORIES = 150;
  private static final String[] NAMES = {"a", "b", "ab", "a.b", "c"};

  @TempDir private Path temp;

  @Test
  void theSameIsLeftOut() throws Exception {
    List<String> differences = new ArrayList<>();
    int out = 0;
    int asked = 0;
    for (int seed = 0; seed < REPOSITORIES; seed++) {
      Path root = Files.createDirectory(temp.resolve("r" + seed));
      Map<String, String> files = new TreeMap<>();
      fill(root, new Random(seed), files);
      Map<String, Boolean> theirs = theirs(root);
      Map<String, Boolean> ours = ours(root, theirs);
      for (Map.Entry<String, Boolean> one : theirs.entrySet()) {
        asked++;
        out += one.getValue() ? 1 : 0;
        if (!one.getValue().equals(ours.get(one.getKey()))) {
          differences.add(seed + " " + one + " " + files);
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(out).as("left out of %d", asked).isBetween(asked / 8, asked / 2);
  }

  /** A slash at the end of a directory; what is below one that is left out is not looked at. */
  private static Map<String, Boolean> theirs(Path root) throws IOException {
    Map<String, Boolean> found = new TreeMap<>();
    try (Repository repository =
            new FileRepositoryBuilder().setGitDir(root.resolve(".git").toFile()).build();
        TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(new FileTreeIterator(repository));
      while (walk.next()) {
        boolean isOut = walk.getTree(0, WorkingTreeIterator.class).isEntryIgnored();
        found.put(walk.getPathString() + (walk.isSubtree() ? "/" : ""), isOut);
        if (walk.isSubtree() && !isOut) {
          walk.enterSubtree();
        }
      }
    }
    return found;
  }

  private static Map<String, Boolean> ours(Path root, Map<String, Boolean> asked) {
    GitIgnoreFilter filter = GitIgnoreFilter.of(SystemLibC.get(), PathBytes.of(root), false);
    Map<String, Boolean> found = new TreeMap<>();
    for (String path : asked.keySet()) {
      boolean isDirectory = path.endsWith("/");
      String name = isDirectory ? path.substring(0, path.length() - 1) : path;
      found.put(path, filter.excludes(name.getBytes(UTF_8), isDirectory));
    }
    return found;
  }

  private static void fill(Path root, Random random, Map<String, String> files) throws IOException {
    List<Path> directories = new ArrayList<>(List.of(root));
    for (int i = 0; i < 12; i++) {
      Path parent = directories.get(random.nextInt(directories.size()));
      Path directory = parent.resolve(name(random));
      if (!Files.exists(directory)) {
        directories.add(Files.createDirectory(directory));
      }
    }
    for (int i = 0; i < 40; i++) {
      Path file = directories.get(random.nextInt(directories.size())).resolve(name(random));
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
    }
    for (int i = 0; i < 4; i++) {
      Path directory = directories.get(random.nextInt(directories.size()));
      write(root, directory.resolve(".gitignore"), random, files);
    }
    Files.createDirectories(root.resolve(".git/objects"));
    Files.createDirectories(root.resolve(".git/refs"));
    Files.createDirectories(root.resolve(".git/info"));
    Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    write(root, root.resolve(".git/info/exclude"), random, files);
  }

  private static void write(Path root, Path file, Random random, Map<String, String> files)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      lines.append(line(random)).append('\n');
    }
    Files.writeString(file, lines);
    files.put(root.relativize(file).toString(), lines.toString());
  }

  private static String name(Random random) {
    return NAMES[random.nextInt(NAMES.length)];
  }

  /** To JGit a pattern with two stars and a slash at its end is about files: not to git. */
  private static String line(Random random) {
    String[] pieces = {"a", "b", "ab", "a.b", "c", "*", "a*", "?", "[ab]", "[!a]", "*.b", "**"};
    StringBuilder line = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
    line.append(random.nextInt(4) == 0 ? "/" : "");
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      line.append(i > 0 ? "/" : "").append(pieces[random.nextInt(pieces.length)]);
    }
    boolean isOfDirectories = random.nextInt(4) == 0 && line.indexOf("**") < 0;
    return line.append(isOfDirectories ? "/" : "").toString();
  }
}
