package org.inotify4j.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.watch.MountNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of a tree are polled: in a mount namespace of its own where something is mounted. */
final class SilentPlacesTest {

  private static final int NFS = 0x6969;
  private static final int TMPFS = 0x01021994;

  @TempDir private Path scratch;

  /** By a file system that counts as NFS, and by a real one. */
  @ParameterizedTest
  @ValueSource(strings = {"nfs", "bindfs"})
  void whatIsMounted(String type) throws Exception {
    assumeTrue(!type.equals("bindfs") || canMountBindfs(), "bindfs can be mounted");
    assertThat(MountNamespace.run(Mounts.class, type, scratch))
        .containsExactly(
            "nothing []",
            "a local one []",
            "a silent one in it [local/in]",
            "a name with blanks [ a  b, local/in]",
            "one within a silent one [ a  b, local/in]",
            "a name that is no text [\\377\\134,  a  b, local/in]",
            "beside the tree [\\377\\134,  a  b, local/in]",
            "by a bind mount [\\377\\134, bind,  a  b, local/in]",
            "a file [\\377\\134, bind,  a  b, local/in]",
            "hidden [\\377\\134, bind,  a  b]",
            "shown again [\\377\\134, bind,  a  b, local/in]",
            "the root itself [<root>]");
  }

  @Test
  void modeSaysWhatIsPolled_orThatTheUnheardPlacesAre() {
    SilentPlaces.Found unheard = new SilentPlaces.Found(Set.of("unheard"), false);
    assertThat(SilentPlaces.of(PollMode.AUTO, () -> unheard)).isSameAs(unheard);
    assertThat(SilentPlaces.of(PollMode.ALWAYS, SilentPlacesTest::askedInVain))
        .isEqualTo(new SilentPlaces.Found(Set.of(SilentPlaces.ROOT), true));
    assertThat(SilentPlaces.of(PollMode.NEVER, SilentPlacesTest::askedInVain))
        .isEqualTo(new SilentPlaces.Found(Set.of(), true));
  }

  private static SilentPlaces.Found askedInVain() {
    throw new AssertionError("which places are unheard counts for nothing");
  }

  private boolean canMountBindfs() throws Exception {
    Path directory = Files.createTempDirectory(scratch, "try");
    return Files.isWritable(Path.of("/dev/fuse"))
        && new ProcessBuilder("unshare", "-m", "sh", "-c", "bindfs . . && umount .")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
  }

  /** Mounts, and says what is to be polled. */
  static final class Mounts {

    /** For the shell: the byte 255, and a backslash. */
    private static final String NO_TEXT = "\"$(printf '\\377\\\\')\"";

    private final Path top;
    private final LibC libC;

    /** Mounts a silent file system on the path that follows it. */
    private final String silent;

    private Mounts(Path top, boolean isReal) {
      this.top = top;
      this.libC = isReal ? SystemLibC.get() : tmpfsCountsAsNfs();
      this.silent = isReal ? "bindfs " + top.resolve("source") + " " : "mount -t tmpfs none ";
    }

    public static void main(String[] arguments) throws Exception {
      Path top = Files.createTempDirectory(Path.of(arguments[1]), "top");
      new Mounts(top, arguments[0].equals("bindfs")).run();
    }

    private void run() throws Exception {
      MountNamespace.shell(top, "mkdir source tree tree2; touch tree/f");
      MountNamespace.shell(top, "cd tree; mkdir local bind ' a  b' " + NO_TEXT);
      try {
        step("nothing", "true");
        step("a local one", "mount -t ramfs none tree/local; mkdir tree/local/in");
        step("a silent one in it", silent + "tree/local/in");
        step("a name with blanks", silent + "'tree/ a  b'");
        step("one within a silent one", "mkdir 'tree/ a  b/in'; " + silent + "'tree/ a  b/in'");
        step("a name that is no text", silent + "tree/" + NO_TEXT);
        step("beside the tree", silent + "tree2; touch tree2/f");
        step("by a bind mount", "mount --bind tree2 tree/bind");
        step("a file", "mount --bind tree2/f tree/f");
        step("hidden", "mount -t ramfs none tree/local; mkdir tree/local/in");
        step("shown again", "umount tree/local");
        say("the root itself", places(libC, top.resolve("tree2")));
      } finally {
        // Else the servers live on.
        String last = "tree/local/in tree/local 'tree/ a  b/in' 'tree/ a  b' tree/" + NO_TEXT;
        MountNamespace.shell(top, "umount -l tree/f tree/bind tree2 " + last + " || true");
      }
    }

    private void step(String what, String script) throws Exception {
      MountNamespace.shell(top, script);
      say(what, places(libC, top.resolve("tree")));
    }

    private static void say(String what, Set<String> places) {
      String text =
          places.stream()
              .map(place -> place.isEmpty() ? "<root>" : printable(place))
              .collect(Collectors.joining(", ", "[", "]"));
      System.out.println(what + " " + text);
    }

    private static String printable(String place) {
      return place
          .chars()
          .mapToObj(c -> c > '~' || c == '\\' ? String.format("\\%03o", c) : Character.toString(c))
          .collect(Collectors.joining());
    }

    private static Set<String> places(LibC libC, Path root) {
      SilentPlaces.Found found =
          SilentPlaces.at(libC, root, true, EntryFilter.NOTHING, true, Set.of());
      if (!found.isCertain()) {
        throw new IllegalStateException("not all is known");
      }
      return found.places();
    }

    private static LibC tmpfsCountsAsNfs() {
      LibC real = SystemLibC.get();
      return (LibC)
          Proxy.newProxyInstance(
              LibC.class.getClassLoader(),
              new Class<?>[] {LibC.class},
              (proxy, method, arguments) -> {
                try {
                  Object result = method.invoke(real, arguments);
                  if (method.getName().equals("fstatfs")
                      && arguments[1] instanceof ByteBuffer status
                      && status.getInt(0) == TMPFS) {
                    status.putInt(0, NFS);
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
