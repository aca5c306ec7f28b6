package org.inotify4j.libc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.inotify4j.INotify;
import org.inotify4j.Tmpfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Where the kernel cannot be reached, every call says why and what helps, in the same words. */
final class SystemLibCFailureTest {

  private static final String NATIVE_PART =
      "inotify4j reaches the kernel through JNA, and JNA could not load its native part (";

  private static final String DENY = "--illegal-native-access=deny";

  @Test
  void notLinux() throws Exception {
    assertThat(failure(child().options("-Dos.name=Windows 11")))
        .isEqualTo("inotify is a part of Linux: this is Windows 11");
  }

  @Test
  void unknownProcessor() throws Exception {
    assertThat(failure(child().options("-Dos.arch=mips")))
        .isEqualTo("inotify4j does not know this processor: os.arch is mips");
  }

  @Test
  void withoutJna() throws Exception {
    assertThat(failure(jnaOnly().without(Native.class)))
        .isEqualTo(
            "inotify4j reaches the kernel through JNA, and JNA is not on the class path or module"
                + " path: add net.java.dev.jna:jna");
  }

  @Test
  void nativePartNowhere(@TempDir Path directory) throws Exception {
    assertThat(
            failure(
                jnaOnly()
                    .options("-Djna.nounpack=true", "-Djna.nosys=true")
                    .options("-Djna.boot.library.path=" + directory)))
        .startsWith(NATIVE_PART)
        .contains(
            "It was looked for in jna.boot.library.path="
                + directory
                + ", jna.tmpdir (not set), java.io.tmpdir=")
        .endsWith(
            "or take libjnidispatch.so out of JNA's jar and set -Djna.boot.library.path to its"
                + " directory");
  }

  @Test
  void temporaryDirectoryForbidsExecution(@TempDir Path directory) throws Exception {
    try (Tmpfs noexec = Tmpfs.mountNoexec(directory)) {
      assertThat(noexec).isNotNull();
      assertThat(failure(jnaOnly().options("-Djna.tmpdir=" + directory)))
          .startsWith(NATIVE_PART)
          .contains(
              "jna.boot.library.path (not set), jna.tmpdir=" + directory + ", java.io.tmpdir=")
          .contains("(mounted noexec)")
          .contains("set -Djna.tmpdir=DIR to a directory that allows both");
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void nativeAccessIsDenied_theOptionIsNamed() throws Exception {
    assertThat(failure(jnaOnly().without("--enable-native-access=ALL-UNNAMED").options(DENY)))
        .startsWith(
            "inotify4j reaches the kernel through JNA, and this Java virtual machine forbids it"
                + " native access (")
        .endsWith("): start it with --enable-native-access=ALL-UNNAMED")
        .doesNotContain("noexec");
  }

  @Test
  void nativeAccessIsDenied_whoIsToHaveItIsNamed() {
    assertThat(
            Obstacle.ofJna(
                new ExceptionInInitializerError(
                    new IllegalCallerException("Illegal native access from module com.sun.jna"))))
        .endsWith("start it with --enable-native-access=com.sun.jna");
  }

  @Test
  void aFunctionIsMissingInTheCLibrary_theFunctionIsNamed() {
    assertThat(
            Obstacle.ofJna(
                new UnsatisfiedLinkError("Error looking up function 'memfd_create': no symbol")))
        .endsWith(
            "the C library of this machine lacks a function: Error looking up function"
                + " 'memfd_create': no symbol");
  }

  @Test
  void anotherJnaIsInstalled_whatItSaysIsTold() {
    assertThat(Obstacle.ofJna(new Error("There is an incompatible JNA native library")))
        .endsWith(
            "JNA could not be set up: java.lang.Error: There is an incompatible JNA native"
                + " library");
  }

  @Test
  void jnaFailedBefore_whatWasWrongThenIsTold() {
    NoClassDefFoundError again =
        new NoClassDefFoundError("Could not initialize class com.sun.jna.Native");
    again.initCause(
        new ExceptionInInitializerError(new IllegalStateException("as was said before")));
    assertThat(Obstacle.ofJna(again))
        .endsWith("JNA could not be set up: java.lang.IllegalStateException: as was said before");
    assertThat(
            Obstacle.ofJna(
                new NoClassDefFoundError("Could not initialize class com.sun.jna.Native")))
        .doesNotContain("add net.java.dev.jna");
  }

  /** A child that makes its calls by JNA: on Java 17 as any does, later since it is told to. */
  private static ChildJvm jnaOnly() {
    return Layer.FFM.isOfThisJava() ? child().options("-Dinotify4j.native=jna") : child();
  }

  private static ChildJvm child() {
    return ChildJvm.of(Program.class);
  }

  /** What both tries of the child failed with, in the same words. */
  private static String failure(ChildJvm child) throws Exception {
    String[] tries = child.run().output().split("\f", -1);
    assertThat(tries).hasSize(3);
    assertThat(tries[1]).isEqualTo(tries[0]);
    return tries[0];
  }

  /** A child's program: prints what two tries fail with, each with a form feed after it. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      for (int i = 0; i < 2; i++) {
        try (INotify inotify = INotify.open()) {
          System.out.print("open: " + inotify + "\f");
        } catch (UnsupportedOperationException e) {
          System.out.print(e.getMessage() + "\f");
        }
      }
    }
  }
}
