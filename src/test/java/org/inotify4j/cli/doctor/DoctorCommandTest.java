package org.inotify4j.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.cli.CommandProcess;
import org.inotify4j.cli.CommandThread;
import org.inotify4j.cli.base.Console;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.watch.Bindfs;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;
import org.inotify4j.watch.MountNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the doctor says of this machine, and how it ends. */
final class DoctorCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path temp;

  private int run(String... arguments) {
    out.reset();
    err.reset();
    int code = CommandThread.run(new Console(out, err), arguments);
    assertThat(err.toString(UTF_8)).isEmpty();
    return code;
  }

  private List<String> said() {
    return out.toString(UTF_8).lines().toList();
  }

  private JsonObject json(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "doctor";
    arguments[1] = "--json";
    System.arraycopy(more, 0, arguments, 2, more.length);
    int code = run(arguments);
    JsonObject all = JsonParser.parseString(out.toString(UTF_8)).getAsJsonObject();
    assertThat(code).isEqualTo(all.get("well").getAsBoolean() ? 0 : 1);
    return all;
  }

  private static JsonObject path(JsonObject all) {
    return all.getAsJsonArray("paths").get(0).getAsJsonObject();
  }

  @Test
  void machine_isToldInOneScreen() throws Exception {
    int code = run("doctor");
    assertThat(code).isEqualTo(out.toString(UTF_8).contains("All is well.") ? 0 : 1);
    assertThat(said()).hasSizeLessThan(40);
    assertThat(said().get(0)).startsWith("Kernel   " + System.getProperty("os.version"));
    assertThat(out.toString(UTF_8))
        .contains("\nJava     " + System.getProperty("java.version"))
        .contains(System.getProperty("os.arch"))
        .contains("\nDrop-in  not active; newWatchService() is sun.nio.fs.LinuxWatchService\n")
        .containsPattern("\nfs.inotify.max_user_watches +[0-9]+ +[0-9]+ \\([0-9]+%\\)  ")
        .containsPattern("\nRLIMIT_NOFILE +[0-9]+ +[0-9]+ ");
  }

  @Test
  void processesAreNamed_thisOneToo() throws Exception {
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(temp, Flag.CREATE);
      long own = ProcessHandle.current().pid();
      JsonArray processes = json().getAsJsonObject("usage").getAsJsonArray("processes");
      assertThat(processes)
          .filteredOn(process -> process.getAsJsonObject().get("pid").getAsLong() == own)
          .singleElement()
          .satisfies(
              process -> {
                assertThat(process.getAsJsonObject().get("watches").getAsLong()).isEqualTo(1);
                assertThat(process.getAsJsonObject().get("command").getAsString()).contains("java");
              });
    }
  }

  @Test
  void directory_needsAWatchForEachBelow() throws Exception {
    Files.createDirectories(temp.resolve("a/b/c"));
    Files.createDirectories(temp.resolve("target/x"));
    Files.createFile(temp.resolve("a/file"));

    JsonObject whole = path(json(temp.toString()));
    assertThat(whole.get("kind").getAsString()).isEqualTo("directory");
    assertThat(whole.get("directories").getAsLong()).isEqualTo(6);
    assertThat(whole.get("told").getAsString()).isEqualTo("everything");
    assertThat(whole.get("probe").isJsonNull()).isTrue();
    JsonObject part = path(json("--exclude", "target/", "--ignore", "/a/b/c", temp.toString()));
    assertThat(part.get("watches").getAsLong()).isEqualTo(3);

    run("doctor", temp.toString());
    assertThat(out.toString(UTF_8))
        .contains("\n" + temp + ": directory\n")
        .contains("\n  inotify tells there everything\n")
        .containsPattern("\n  6 directories: as many watches for the whole tree, of [0-9]+ that");
  }

  @Test
  void file_needsAWatch_andEachDirectoryOnTheWay() throws Exception {
    Files.createDirectories(temp.resolve("a/b"));
    Path file = Files.createFile(temp.resolve("a/b/f"));
    Files.createSymbolicLink(temp.resolve("a/l"), Path.of("b/f"));
    int above = temp.getNameCount();

    // Without the root; by the link, its directory is watched as one on the way.
    for (String name : List.of("a/b/f", "a/l", "a/../a/b/f")) {
      assertThat(path(json(temp.resolve(name).toString())).get("watches").getAsLong())
          .as(name)
          .isEqualTo(above + 3L);
      assertThat(watched(temp.resolve(name))).as(name).isEqualTo(above + 3);
    }
    run("doctor", file.toString());
    assertThat(out.toString(UTF_8))
        .containsPattern(
            "\n  "
                + (above + 3)
                + " watches for it and the directories on the way, of [0-9]+ that");
  }

  /** How many watches a service takes for a single file. */
  private static int watched(Path file) throws Exception {
    try (INotifyWatchService service = INotifyWatchService.open()) {
      service.register(file, new WatchEvent.Kind<?>[] {ENTRY_MODIFY}, INotifyModifiers.FILE);
      return service.watchCount();
    }
  }

  @Test
  void watchesThatPathsShare_areCountedOnce() throws Exception {
    Path top = Files.createDirectory(temp.resolve("a"));
    Path tree = Files.createDirectory(top.resolve("b"));
    Files.createDirectory(tree.resolve("c"));
    Path file = Files.createFile(tree.resolve("f"));
    Path other = Files.createFile(tree.resolve("g"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), tree);
    WatchCount count = new WatchCount(true);
    PathCheck check =
        new PathCheck(Mounts.read(Path.of("/proc")), TreeFilter.EVERYTHING, false, false, count);

    assertThat(Stream.of(file, other, tree, top, link))
        .extracting(path -> check.look(path.toString()).need().more())
        .containsExactly(temp.getNameCount() + 3L, 1L, 1L, 0L, 0L);
  }

  @Test
  void probe_isHeard_andLeavesNothing() throws Exception {
    Path file = Files.createFile(temp.resolve("f"));
    for (Path path : List.of(temp, file)) {
      JsonObject probe = path(json("--probe", path.toString())).getAsJsonObject("probe");
      assertThat(probe.get("heard").getAsBoolean()).isTrue();
      assertThat(probe.get("micros").getAsLong()).isBetween(1L, 2_000_000L);
    }
    try (var entries = Files.list(temp)) {
      assertThat(entries).containsExactly(file);
    }
    run("doctor", "--probe", temp.toString());
    assertThat(out.toString(UTF_8))
        .containsPattern("\n  probe: a new file was heard of after [0-9.]+ ms\n");
  }

  @Test
  void probeThatIsNotPossible_isAProblem() throws Exception {
    assertThat(run("doctor", "--probe", "/proc")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("\n  probe: not possible\n")
        .contains("\nWRONG  /proc: no probe was possible: ")
        .contains("\nWRONG  /proc: on proc inotify does not tell what the kernel changes\n");
  }

  @Test
  void linksAreFollowed_andNamesAreEscaped() throws Exception {
    Path odd = Files.createDirectory(PathBytes.resolve(temp, new byte[] {(byte) 0xFF, '\n'}));
    Files.createSymbolicLink(temp.resolve("second"), odd);
    Files.createSymbolicLink(temp.resolve("first"), Path.of("second"));
    Files.createDirectory(odd.resolve("sub"));

    run("doctor", temp.resolve("first/sub").toString());

    assertThat(said())
        .contains(
            "  by the link " + temp + "/first -> second",
            "  by the link " + temp + "/second -> " + temp + "/\\xFF\\n");
    JsonObject json = path(json(temp.resolve("first/sub").toString()));
    assertThat(json.getAsJsonArray("links")).hasSize(2);
    assertThat(out.toString(UTF_8).lines()).hasSize(1);
  }

  @Test
  void whatIsNotThere_isAProblem() throws Exception {
    assertThat(run("doctor", temp + "/none")).isEqualTo(1);
    assertThat(said())
        .contains(
            temp + "/none: nothing",
            "WRONG  " + temp + "/none: nothing is there",
            "  ->   make it first, or watch the directory that it will be in");
    Path file = Files.createFile(temp.resolve("file"));
    assertThat(run("doctor", file + "/x")).isEqualTo(1);
    assertThat(said()).contains("WRONG  " + file + "/x: nothing is there");
    Files.createSymbolicLink(temp.resolve("link"), Path.of("gone"));
    assertThat(run("doctor", temp + "/link")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("nothing is there where the link leads " + temp + "/link -> gone\n");
  }

  @Test
  void aLinkThatIsFollowedAgain_isSaidOnce() throws Exception {
    Path loop = Files.createSymbolicLink(temp.resolve("loop"), Path.of("back"));
    Path back = Files.createSymbolicLink(temp.resolve("back"), loop);
    assertThat(run("doctor", loop.toString())).isEqualTo(1);
    assertThat(links()).containsExactly(loop + " -> back", back + " -> " + loop);

    Path growing = Files.createSymbolicLink(temp.resolve("growing"), Path.of("growing/x"));
    assertThat(run("doctor", growing.toString())).isEqualTo(1);
    assertThat(links()).containsExactly(growing + " -> growing/x");

    // No circle: what is behind it is there.
    Files.createDirectory(temp.resolve("d"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("d"));
    Path last = Files.createSymbolicLink(temp.resolve("d/last"), Path.of("."));
    run("doctor", link + "/../link/last");
    assertThat(links()).containsExactly(link + " -> d", last + " -> .");
  }

  /** The links of the path. */
  private List<String> links() {
    return said().stream()
        .filter(line -> line.startsWith("  by the link "))
        .map(line -> line.substring("  by the link ".length()))
        .toList();
  }

  @Test
  void whatCannotBeLookedAt_isAProblem_andWhy() throws Exception {
    Path loop = Files.createSymbolicLink(temp.resolve("loop"), Path.of("loop"));
    assertThat(run("doctor", loop.toString())).isEqualTo(1);
    assertThat(said())
        .contains(
            "WRONG  "
                + loop
                + ": Too many levels of symbolic links or unable to access attributes of symbolic"
                + " link (ELOOP)",
            "  ->   see where its links lead: namei -l " + loop);
    String tooLong = temp + "/" + "x".repeat(256);
    assertThat(run("doctor", tooLong)).isEqualTo(1);
    assertThat(said())
        .contains(
            tooLong + ": not to be looked at: file name too long (ENAMETOOLONG)",
            "WRONG  " + tooLong + ": file name too long (ENAMETOOLONG)",
            "  ->   give it a shorter name");
    JsonObject json = path(json(tooLong));
    assertThat(json.get("reason").getAsString()).isEqualTo("file name too long (ENAMETOOLONG)");
  }

  @Test
  void aMountWhoseServerHasEnded_isToBeMountedAgain() throws Exception {
    Path source = Files.createDirectory(temp.resolve("source"));
    Files.createFile(source.resolve("f"));
    Path mounted = Files.createDirectories(temp.resolve("tree/m"));
    Bindfs server = new Bindfs(source, mounted, temp.resolve("log"));
    try {
      server.end();
      assertThat(run("doctor", temp + "/tree", mounted + "/x")).isEqualTo(1);
    } finally {
      server.unmount();
    }
    String reason = ": Transport endpoint is not connected (ENOTCONN)";
    assertThat(said())
        .contains(
            "WRONG  " + temp + "/tree: not to be read below it: m" + reason,
            "  ->   umount -l " + mounted + ", and mount it again; or --exclude it",
            mounted + "/x: not to be looked at" + reason,
            "WRONG  " + mounted + "/x" + reason,
            "  ->   umount -l " + mounted + ", and mount it again")
        .anyMatch(line -> line.endsWith("; inotify tells what is not known" + reason));
  }

  @Test
  void aPipe_isToldWhatOfIt() throws Exception {
    CommandProcess.shell(temp, "mkfifo p");

    assertThat(run("doctor", temp + "/p")).isEqualTo(1);
    assertThat(said())
        .contains(
            temp + "/p: special file",
            "  inotify tells there that it is opened, closed, moved and deleted",
            "  ->   watch for what is told, or have who writes there write to a file");
  }

  @Test
  void wrongArguments_exitWith2() {
    assertThat(CommandThread.run(new Console(out, err), "doctor", "--exclude", "!x", "."))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("inotify4j: --exclude: the pattern '!x'");
  }

  @Test
  void help_hasTheExitCodes() {
    assertThat(run("doctor", "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("Exit codes: 0 all is well").contains("--probe");
  }

  @Test
  void mounts_areTold() throws Exception {
    ChildJvm program =
        ChildJvm.of(InNamespace.class).with(CommandLine.class).with(JsonParser.class);
    assertThat(MountNamespace.run(program, "mounts", temp))
        .containsExactly(
            "on tmpfs, mounted at TOP/tree (v, tmpfs)",
            "inotify tells there everything",
            "below, at TOP/tree/data: tmpfs (/source of v2, tmpfs); inotify tells everything",
            "3 directories",
            "WRONG  TOP/file: a single file is mounted there: who replaces it on the other side is"
                + " not seen",
            "WRONG  TOP/gone: what is mounted there was deleted where it comes from");
  }

  /** Mounts, and prints what the doctor says of it. */
  static final class InNamespace {
    private InNamespace() {}

    public static void main(String[] arguments) throws Exception {
      Path top = Path.of(arguments[1]);
      MountNamespace.shell(
          top,
          """
          mkdir tree v2 gone
          mount -t tmpfs v tree; mount -t tmpfs v2 v2
          mkdir -p tree/data v2/source/sub v2/gone; touch v2/f file
          mount --bind v2/source tree/data
          mount --bind v2/f file
          mount --bind v2/gone gone; rmdir v2/gone\
          """);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Console console = new Console(out, System.err);
      int unused =
          CommandThread.run(console, "doctor", top + "/tree", top + "/file", top + "/gone");
      out.toString(UTF_8)
          .lines()
          .dropWhile(line -> !line.equals(top + "/tree: directory"))
          .map(line -> line.strip().replace(top.toString(), "TOP"))
          .map(line -> line.replaceFirst("(3 directories).*", "$1"))
          .filter(line -> line.matches("(on .*TOP/tree|inotify|below|3 dir|WRONG).*"))
          .distinct()
          .forEach(System.out::println);
    }
  }
}
