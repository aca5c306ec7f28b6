package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directory that is at another place as well, by a server of this machine: what is done beneath
 * is silent at the mount, as on a network file system, and the server can be stopped. The kernel
 * keeps names for a second, as it does of most of these. Only where there is such a thing: {@code
 * /dev/fuse}, the command, and the right to mount.
 */
public final class Bindfs {

  private final Path mounted;
  private final Process server;

  /**
   * Mounts a directory, which has something in it.
   *
   * @param log what the server says goes there
   */
  public Bindfs(Path source, Path mounted, Path log) throws IOException {
    this(source, mounted, log, List.of());
  }

  private Bindfs(Path source, Path mounted, Path log, List<String> options) throws IOException {
    assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse is there");
    assumeTrue(isInstalled("bindfs"), "bindfs is installed");
    this.mounted = mounted;
    List<String> command = new ArrayList<>(List.of("bindfs", "-f"));
    command.addAll(options);
    command.addAll(List.of(source.toString(), mounted.toString()));
    server =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Path something;
    try (var entries = Files.list(source)) {
      something = entries.findAny().orElseThrow().getFileName();
    }
    await()
        .until(
            () ->
                Files.exists(mounted.resolve(something))
                    || (!server.isAlive() && isNotAllowed(log)));
  }

  /** The same, where the mount shows at once what is there, also what has another name by now. */
  static Bindfs withoutCache(Path source, Path mounted, Path log) throws IOException {
    return new Bindfs(source, mounted, log, List.of("-o", "entry_timeout=0"));
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

  /** It does not answer any more. */
  public void stop() throws IOException, InterruptedException {
    run("kill", "-STOP", String.valueOf(server.pid()));
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
    run("umount", "-l", mounted.toString());
  }

  /** The same while the server answers: nobody sees it dead. */
  void unmountAlive() throws IOException, InterruptedException {
    run("umount", "-l", mounted.toString());
    server.waitFor();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
