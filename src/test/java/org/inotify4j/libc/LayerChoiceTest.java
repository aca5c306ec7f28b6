package org.inotify4j.libc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.inotify4j.INotify;
import org.inotify4j.Tmpfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Which layer makes the calls, what chooses it, and what is said of it. */
final class LayerChoiceTest {

  private static final String ARCH = System.getProperty("os.arch");
  private static final String FFM = "java.lang.foreign (" + ARCH + ")";
  private static final String JNA = "JNA \\d+\\.\\d+\\.\\d+ \\(linux-[a-z0-9-]+\\)";
  private static final String ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String DENY = "--illegal-native-access=deny";
  private static final String NOT_DENIED_BEFORE = "Java denies native access since 24";

  @TempDir private Path scratch;

  @Test
  void choice_isMadeOnce() {
    LayerChoice choice = SystemLibC.choice();
    assertThat(SystemLibC.choice()).isSameAs(choice);
    assertThat(SystemLibC.get()).isSameAs(choice.libC()).isInstanceOf(RestartingLibC.class);
    assertThat(SystemLibC.description()).isEqualTo(choice.description());
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21)
  void jna_beforeJava22() throws Exception {
    assertThat(said(child())).matches(JNA);
    assertThat(said(child().options("-Dinotify4j.native=ffm")))
        .isEqualTo(
            "inotify4j reaches the kernel through java.lang.foreign, and that is a part of Java"
                + " since 22: this is Java "
                + Runtime.version().feature());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void foreign_sinceJava22_alsoWithoutJna() throws Exception {
    assertThat(said(child())).isEqualTo(FFM);
    assertThat(said(child().without(Native.class))).isEqualTo(FFM);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void foreign_unpacksNothing() throws Exception {
    try (Tmpfs noexec = Tmpfs.mountNoexec(scratch)) {
      assertThat(noexec).isNotNull();
      String[] there = {"-Djava.io.tmpdir=" + scratch, "-Djna.tmpdir=" + scratch};
      assertThat(said(child().options(there))).isEqualTo(FFM);
      try (var left = Files.list(scratch)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void theProperty_chooses() throws Exception {
    assertThat(said(child().options("-Dinotify4j.native=ffm")))
        .isEqualTo(FFM + ", since -Dinotify4j.native=ffm asks for it");
    assertThat(said(child().options("-Dinotify4j.native=jna")))
        .matches(JNA + ", since -Dinotify4j\\.native=jna asks for it");
  }

  @Test
  void theProperty_withAnotherValue_isAnError() throws Exception {
    for (String value : new String[] {"jni", "FFM", ""}) {
      assertThat(said(child().options("-Dinotify4j.native=" + value)))
          .isEqualTo(
              "-Dinotify4j.native="
                  + value
                  + " is neither ffm (java.lang.foreign, of Java 22 and later) nor jna");
    }
  }

  @Test
  void whatIsNotAsUsual_isLogged() throws Exception {
    Path everything =
        Files.writeString(
            scratch.resolve("logging.properties"),
            """
            handlers = java.util.logging.ConsoleHandler
            org.inotify4j.level = ALL
            java.util.logging.ConsoleHandler.level = ALL
            java.util.logging.SimpleFormatter.format = %4$s %5$s%n
            """);
    String logging = "-Djava.util.logging.config.file=" + everything;
    ChildJvm.Result asked = child().options(logging, "-Dinotify4j.native=jna").run();
    assertThat(asked.err())
        .matches(
            "\\w+ system calls are made by "
                + JNA
                + ", since -Dinotify4j\\.native=jna asks for it\n");
    assertThat(child().options(logging).run().err()).isEmpty();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void jna_whereTheForeignPartIsLost() throws Exception {
    assertThat(said(child().withoutForeign()))
        .matches(
            JNA
                + ", since with java\\.lang\\.foreign it cannot be done: the part of inotify4j for"
                + " Java 22 and later is not found: its jar was built by a JDK older than 22, or packed"
                + " into another jar whose manifest lacks Multi-Release: true");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void neither_bothReasonsAreNamed() throws Exception {
    assertThat(said(child().withoutForeign().without(Native.class)))
        .isEqualTo(
            "inotify4j reaches the kernel through java.lang.foreign or JNA. The first: the part of"
                + " inotify4j for Java 22 and later is not found: its jar was built by a JDK older"
                + " than 22, or packed into another jar whose manifest lacks Multi-Release: true."
                + " The second: JNA"
                + " is not on the class path or module path: add net.java.dev.jna:jna");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = NOT_DENIED_BEFORE)
  void nativeAccessIsDenied_theOptionIsNamedForBoth() throws Exception {
    assertThat(said(child().without(ACCESS).options(DENY)))
        .matches(
            "inotify4j reaches the kernel through java\\.lang\\.foreign or JNA\\. The first: this"
                + " Java virtual machine forbids it native access \\(.+\\): start it with"
                + " --enable-native-access=ALL-UNNAMED\\. The second: this Java virtual machine"
                + " forbids it native access \\(.+\\): start it with"
                + " --enable-native-access=ALL-UNNAMED");
    assertThat(said(child().without(ACCESS).options(DENY, "-Dinotify4j.native=ffm")))
        .matches(
            "inotify4j reaches the kernel through java\\.lang\\.foreign, and this Java virtual"
                + " machine forbids it native access \\(.+\\): start it with"
                + " --enable-native-access=ALL-UNNAMED");
  }

  private static ChildJvm child() {
    return ChildJvm.of(Program.class);
  }

  /** What the child printed, that must have complained about nothing. */
  private static String said(ChildJvm child) throws Exception {
    ChildJvm.Result result = child.run();
    String output = result.output();
    assertThat(result.err()).as("standard error").isEmpty();
    return output;
  }

  /** A child's program: prints which layer it has, once it has worked, or why there is none. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      try (INotify inotify = INotify.open()) {
        inotify.wakeup();
        System.out.print(SystemLibC.description());
      } catch (UnsupportedOperationException e) {
        System.out.print(e.getMessage());
      }
    }
  }
}
