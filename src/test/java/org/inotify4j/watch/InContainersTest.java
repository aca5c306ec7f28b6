package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is heard where containers have their files: each in a mount namespace of its own, and what
 * is done outside is done in another one.
 */
@Timeout(60)
final class InContainersTest {

  @TempDir private Path scratch;

  private List<String> run(String what) throws Exception {
    return MountNamespace.run(Containers.class, what, scratch);
  }

  @Test
  void overlay() throws Exception {
    assertThat(run("overlay"))
        .containsExactly(
            "a file of the image is written [ENTRY_MODIFY d/f]",
            "a file is made [ENTRY_CREATE d/new]",
            "a file of the image is deleted [ENTRY_DELETE d/g]");
  }

  @Test
  void volume() throws Exception {
    assertThat(run("volume"))
        .containsExactly(
            "made outside [ENTRY_CREATE d/a]",
            "made inside [ENTRY_CREATE d/b]",
            "written outside [ENTRY_MODIFY d/b]",
            "deleted inside [ENTRY_DELETE d/a]");
  }

  @Test
  void tmpfs() throws Exception {
    assertThat(run("tmpfs"))
        .containsExactly("made inside [ENTRY_CREATE a]", "made outside [ENTRY_CREATE b]");
  }

  @Test
  void singleFile() throws Exception {
    assertThat(run("singleFile"))
        .containsExactly(
            "written in place [ENTRY_MODIFY ]", "replaced []", "it has still [one, two]");
  }

  @Test
  void configMap() throws Exception {
    assertThat(run("configMap"))
        .containsExactly(
            "the file [ENTRY_MODIFY ]",
            "the directory [ENTRY_CREATE ..new, ENTRY_CREATE ..data_tmp, ENTRY_DELETE ..data_tmp,"
                + " ENTRY_CREATE ..data, ENTRY_DELETE ..old]");
  }

  /** Does what containers do, and says what is told of it. */
  static final class Containers {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

    private final Path top;
    private final INotifyWatchService service;

    private Containers(Path top, INotifyWatchService service) {
      this.top = top;
      this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
      Path top = Path.of(arguments[1]);
      // Of its own, so that it does not matter what the scratch directory is on.
      MountNamespace.shell(top, "mkdir t; mount -t tmpfs t t");
      try (INotifyWatchService service = INotifyWatchService.open()) {
        Containers containers = new Containers(top.resolve("t"), service);
        switch (arguments[0]) {
          case "overlay" -> containers.overlay();
          case "volume" -> containers.volume();
          case "tmpfs" -> containers.tmpfs();
          case "singleFile" -> containers.singleFile();
          default -> containers.configMap();
        }
      }
    }

    private void overlay() throws Exception {
      shell(
          """
          mkdir -p lower/d upper work root; touch lower/d/f lower/d/g
          mount -t overlay o -o lowerdir=lower,upperdir=upper,workdir=work root\
          """);
      WatchKey key = service.register(top.resolve("root"), KINDS, INotifyModifiers.RECURSIVE);
      step(key, "a file of the image is written", "echo one >> root/d/f");
      step(key, "a file is made", ": > root/d/new");
      step(key, "a file of the image is deleted", "rm root/d/g");
    }

    private void volume() throws Exception {
      shell("mkdir -p host/d inside; mount --bind host inside");
      WatchKey key = service.register(top.resolve("inside"), KINDS, INotifyModifiers.RECURSIVE);
      step(key, "made outside", "unshare -m sh -c 'umount inside; : > host/d/a'");
      step(key, "made inside", ": > inside/d/b");
      step(key, "written outside", "unshare -m sh -c 'umount inside; echo 1 >> host/d/b'");
      step(key, "deleted inside", "rm inside/d/a");
    }

    private void tmpfs() throws Exception {
      shell("mkdir data; mount -t tmpfs d data");
      WatchKey key = service.register(top.resolve("data"), KINDS);
      step(key, "made inside", ": > data/a");
      step(key, "made outside", "unshare -m sh -c ': > data/b'");
    }

    private void singleFile() throws Exception {
      shell("mkdir host etc; echo one > host/f; : > etc/f; mount --bind host/f etc/f");
      WatchKey key = service.register(top.resolve("etc/f"), KINDS, INotifyModifiers.FILE);
      step(key, "written in place", "unshare -m sh -c 'echo two >> host/f'");
      step(key, "replaced", "unshare -m sh -c 'echo three > host/new; mv host/new host/f'");
      System.out.println("it has still " + Files.readAllLines(top.resolve("etc/f")));
    }

    private void configMap() throws Exception {
      shell("mkdir -p v/..old; echo 1 > v/..old/f; ln -s ..old v/..data; ln -s ..data/f v/f");
      WatchKey file = service.register(top.resolve("v/f"), KINDS, INotifyModifiers.FILE);
      WatchKey directory = service.register(top.resolve("v"), ENTRY_CREATE, ENTRY_DELETE);
      // As the kubelet does.
      step(
          file,
          "the file",
          """
          mkdir v/..new; echo 2 > v/..new/f; ln -s ..new v/..data_tmp
          mv -T v/..data_tmp v/..data; rm -r v/..old\
          """);
      System.out.println("the directory " + Told.by(directory));
    }

    private void shell(String script) throws Exception {
      MountNamespace.shell(top, script);
    }

    private void step(WatchKey key, String what, String script) throws Exception {
      shell(script);
      if (!service.sync(PATIENCE)) {
        throw new IllegalStateException("not delivered in time");
      }
      System.out.println(what + " " + Told.by(key));
    }
  }
}
