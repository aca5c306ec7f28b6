package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A directory that is at another place as well, by a server of this machine: what is done beneath
 * is silent at the mount, as on a network file system, and the server can be stopped. The kernel
 * keeps names and times for a second, as it does of most of these. Only where there is such a
 * thing: {@code /dev/fuse}, the command, and the right to mount.
 */
public final class Bindfs {

  // Fields of a line of /proc/self/mountinfo.
  private static final int ID = 0;
  private static final int PLACE = 4;

  private static final String ALL_IS_KEPT = "entry_timeout=1,attr_timeout=1";
  private static final String ALL_IS_KEPT_SHORTLY = "entry_timeout=0.3,attr_timeout=0.3";
  private static final String NAMES_ARE_NOT_KEPT = "entry_timeout=0,attr_timeout=1";

  private final Process server;

  /** Which of the kernel's mounts it is, wherever that is by now. */
  private final String id;

  /**
   * Mounts a directory, which has something in it.
   *
   * @param log what the server says goes there
   */
  public Bindfs(Path source, Path mounted, Path log) throws IOException {
    this(source, mounted, log, ALL_IS_KEPT);
  }

  private Bindfs(Path source, Path mounted, Path log, String kept) throws IOException {
    assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse is there");
    assumeTrue(isInstalled("bindfs"), "bindfs is installed");
    server =
        new ProcessBuilder("bindfs", "-f", "-o", kept, source.toString(), mounted.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Path something;
    try (var entries = Files.list(source)) {
      something = entries.findAny().orElseThrow().getFileName();
    }
    await()
        .until(
            () ->
                Files.exists(mounted.resolve(something))
                    || (!server.isAlive() && isNotAllowed(log)));
    String place = mounted.toRealPath().toString();
    id = mount(fields -> fields[PLACE].equals(place))[ID];
  }

  /** The same, where the mount shows at once what is there, also what has another name by now. */
  static Bindfs withoutCache(Path source, Path mounted, Path log) throws IOException {
    return new Bindfs(source, mounted, log, NAMES_ARE_NOT_KEPT);
  }

  /** The same, where the kernel keeps names and times for less long. */
  static Bindfs withShortCache(Path source, Path mounted, Path log) throws IOException {
    return new Bindfs(source, mounted, log, ALL_IS_KEPT_SHORTLY);
  }

  /** The fields of the last one of the kernel's mounts that is meant. */
  private static String[] mount(Predicate<String[]> condition) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo"), ISO_8859_1).stream()
        .map(line -> line.split(" ", -1))
        .filter(condition)
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  /** Where it is mounted, also where a directory above was moved since. */
  private String place() throws IOException {
    return mount(fields -> fields[ID].equals(id))[PLACE];
  }

  private static boolean isInstalled(String command) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }

  /** Skips the test where the machine does not let us mount. */
  private static boolean isNotAllowed(Path log) throws IOException {
    String said = Files.readString(log, UTF_8);
    assumeTrue(!said.contains("ermitted") && !said.contains("ermission"), said);
    throw new AssertionError("bindfs ended: " + said);
  }

  /** It does not answer any more, also what it was asked before. */
  public void stop() throws IOException, InterruptedException {
    run("kill", "-STOP", String.valueOf(server.pid()));
    await().until(this::isStopped);
  }

  private boolean isStopped() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", "" + server.pid(), "task"))) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        if (!Files.readString(thread.resolve("status")).contains("State:\tT")) {
          return false;
        }
      }
    }
    return true;
  }

  /** It answers again. */
  public void goOn() throws IOException, InterruptedException {
    run("kill", "-CONT", String.valueOf(server.pid()));
  }

  /** It ends, and what was mounted stays where it is: nobody answers there any more. */
  public void end() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  public void unmount() throws IOException, InterruptedException {
    // What waits for it gets an error then.
    end();
    run("umount", "-l", place());
  }

  /** The same while the server answers: nobody sees it dead. */
  void unmountAlive() throws IOException, InterruptedException {
    run("umount", "-l", place());
    server.waitFor();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
