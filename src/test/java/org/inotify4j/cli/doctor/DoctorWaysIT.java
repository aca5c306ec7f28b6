package org.inotify4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.inotify4j.ChildJvm;
import org.inotify4j.cli.CommandProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which way without changing a program is active: the doctor says it of its own virtual machine.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DoctorWaysIT {

  private static final Path JAR = Path.of(System.getProperty("inotify4j.jar")).toAbsolutePath();

  private static final String AGENT = "-javaagent:" + JAR;
  private static final String PROVIDER =
      "-Djava.nio.file.spi.DefaultFileSystemProvider=org.inotify4j.fs.INotifyFileSystemProvider";
  private static final String SWITCHED_OFF = " -Dinotify4j.disable=true";
  private static final String OFF = "asked for, but off: it is switched off by ";

  @TempDir private Path temp;

  @Test
  void none() throws Exception {
    assertThat(state("", 0)).isEqualTo("not active");
    assertThat(state(SWITCHED_OFF, 0)).isEqualTo("not active");
  }

  @Test
  void theAgent() throws Exception {
    assertThat(state(AGENT, 0)).isEqualTo("by the agent");
    assertThat(state(AGENT + SWITCHED_OFF, 1)).isEqualTo(OFF + "-Dinotify4j.disable=true");
    String disabled = OFF + "-javaagent:inotify4j.jar=disable";
    assertThat(state(AGENT + "=disable", 1)).isEqualTo(disabled);
    assertThat(state(AGENT + "=disable " + AGENT, 1)).isEqualTo(disabled);
    assertThat(state(AGENT + " " + AGENT + "=disable", 1)).isEqualTo(disabled);
  }

  @Test
  void theProvider() throws Exception {
    Path jna = ChildJvm.home(com.sun.jna.Native.class);
    String boot = "-Xbootclasspath/a:" + JAR + ":" + jna + " " + PROVIDER;
    assertThat(state(PROVIDER, 0)).isEqualTo("by the provider (class path)");
    assertThat(state(boot, 0)).isEqualTo("by the provider (boot class path)");
    assertThat(state(AGENT + " " + PROVIDER, 0)).isEqualTo("by the provider (class path)");
    assertThat(state(PROVIDER + SWITCHED_OFF, 1)).isEqualTo(OFF + "-Dinotify4j.disable=true");
  }

  @Test
  void whatIsSwitchedOff_isToBeLeftOut() throws Exception {
    try (CommandProcess command = doctor(AGENT + SWITCHED_OFF)) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out().lines())
          .contains(
              "Drop-in  "
                  + OFF
                  + "-Dinotify4j.disable=true; newWatchService() is sun.nio.fs.LinuxWatchService",
              "WRONG  the agent is asked for, and programs get sun.nio.fs.LinuxWatchService: it is"
                  + " switched off by -Dinotify4j.disable=true",
              "  ->   leave that out");
    }
  }

  private CommandProcess doctor(String options, String... more) throws Exception {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "doctor";
    System.arraycopy(more, 0, arguments, 1, more.length);
    Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", options);
    return CommandProcess.start(temp, environment, List.of(), CommandProcess.JAR, arguments);
  }

  private String state(String options, int exitCode) throws Exception {
    try (CommandProcess command = doctor(options, "--json")) {
      assertThat(command.exitCode()).isEqualTo(exitCode);
      JsonObject java =
          JsonParser.parseString(command.out()).getAsJsonObject().getAsJsonObject("java");
      assertThat(java.get("dropIn").getAsBoolean())
          .isEqualTo(java.get("dropInState").getAsString().startsWith("by "));
      return java.get("dropInState").getAsString();
    }
  }
}
