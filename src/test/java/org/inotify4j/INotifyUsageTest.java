package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.INotifyUsage.OfProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has which instances and watches, of made-up processes and of this one. */
final class INotifyUsageTest {

  /** Nobody's number, so that it has no name. */
  private static final int USER = 4242;

  @TempDir private Path directory;

  private INotifyUsage read() throws IOException {
    return new UsageReader(directory).read();
  }

  @Test
  void processesWithInstances_theOneWithMostWatchesFirst() throws Exception {
    ProcDirectory proc = new ProcDirectory(directory).self(12);
    proc.process(5, USER, "none at all");
    proc.process(12, USER, "java -jar app.jar", 3, 0);
    proc.process(7, USER + 1, "other", 1);
    proc.process(130, USER, "", 2000);
    proc.process(131, USER + 1, "twice", 1);
    Files.createDirectory(directory.resolve("sys"));

    INotifyUsage usage = read();

    String user = Integer.toString(USER);
    String other = Integer.toString(USER + 1);
    assertThat(usage.processes())
        .containsExactly(
            new OfProcess(130, USER, user, "[n\uFFFD]", 1, 2000),
            new OfProcess(12, USER, user, "java -jar app.jar", 2, 3),
            new OfProcess(7, USER + 1, other, "other", 1, 1),
            new OfProcess(131, USER + 1, other, "twice", 1, 1));
    assertThat(usage.uid()).isEqualTo(USER);
    assertThat(usage.hidden()).isZero();
    assertThat(usage.instances()).isEqualTo(5);
    assertThat(usage.watches()).isEqualTo(2005);
    assertThat(usage.instancesOfUser()).isEqualTo(3);
    assertThat(usage.watchesOfUser()).isEqualTo(2003);
    assertThat(usage.openFiles()).isEqualTo(4);
    assertThat(usage.toString()).startsWith("INotifyUsage[uid=4242, processes=[OfProcess[pid=130,");
  }

  @Test
  void userHasAName_whereTheProcessIsNotHidden() throws Exception {
    int own = (Integer) Files.getAttribute(directory, "unix:uid");
    new ProcDirectory(directory).self(1).process(1, own, "c", 0);
    assertThat(read().processes())
        .containsExactly(new OfProcess(1, own, Files.getOwner(directory).getName(), "c", 1, 0));
  }

  @Test
  void processThatEndsMeanwhile_isPassedOver() throws Exception {
    ProcDirectory proc = new ProcDirectory(directory).self(1);
    proc.process(1, USER, "c", 1);
    Files.delete(proc.process(2, USER, "c", 1).resolve("fdinfo/2"));
    Files.delete(proc.process(3, USER, "c", 1).resolve("status"));
    Files.createDirectory(directory.resolve("4"));
    INotifyUsage usage = read();
    assertThat(usage.processes()).extracting(OfProcess::pid).containsExactly(1L);
    assertThat(usage.hidden()).isZero();
  }

  @Test
  void withoutProc_itFails() {
    assertThatThrownBy(this::read).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void othersProcesses_areCounted_butNoThreadsOfTheKernel() throws Exception {
    Path root = Files.createDirectory(directory.resolve("proc"));
    ProcDirectory proc = new ProcDirectory(root).self(1);
    proc.process(1, USER, "c", 1);
    for (int pid = 2; pid < 6; pid++) {
      Path fd = proc.process(pid, 0, "c", 1).resolve("fd");
      assertThat(fd.toFile().setReadable(false, false)).isTrue();
      assertThat(fd.toFile().setExecutable(false, false)).isTrue();
    }
    ProcDirectory.stat(root.resolve("3"), "Z", 0x40000c);
    ProcDirectory.stat(root.resolve("4"), "I", 0x4208060);
    Path shelf = Files.createDirectory(directory.resolve("shelf"));
    // The directory of a test is its user's own.
    assertThat(directory.toFile().setExecutable(true, false)).isTrue();
    assertThat(ChildJvm.of(Reading.class).asNobody(shelf).run(root.toString()).output())
        .isEqualTo("processes 1 hidden 2\n");
  }

  /** Says what it can read. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) throws IOException {
      INotifyUsage usage = new UsageReader(Path.of(arguments[0])).read();
      System.out.println("processes " + usage.processes().size() + " hidden " + usage.hidden());
    }
  }

  @Test
  void aThousandProcesses_takeLessThanASecond() throws Exception {
    ProcDirectory proc = new ProcDirectory(directory).self(1);
    for (int pid = 1; pid <= 1000; pid++) {
      Path fd = proc.process(pid, USER, "c", pid == 1000 ? 100_000 : 1).resolve("fd");
      for (int i = 10; i < 20; i++) {
        Files.createSymbolicLink(fd.resolve("" + i), Path.of("a.jar"));
      }
    }
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    INotifyUsage usage = read();
    long took = threads.getCurrentThreadCpuTime() - start;
    System.out.println("a thousand processes: " + took / 1_000_000 + " ms of a processor");
    assertThat(usage.watches()).isEqualTo(100_999);
    assertThat(took).isLessThan(1_000_000_000);
  }

  @Test
  void thisMachine_asTheShellCounts() throws Exception {
    try (INotify first = INotify.open();
        INotify second = INotify.open()) {
      first.addWatch(directory, Flag.CREATE);
      first.addWatch(Files.createDirectory(directory.resolve("a")), Flag.CREATE);
      assertThat(second.isOpen()).isTrue();
      long pid = ProcessHandle.current().pid();
      OfProcess own =
          INotifyUsage.read().processes().stream()
              .filter(process -> process.pid() == pid)
              .findFirst()
              .orElseThrow();
      String proc = "/proc/" + pid;
      assertThat(own.instances() + " " + own.watches())
          .isEqualTo(
              shell("ls -l " + proc + "/fd | grep -c inotify")
                  + " "
                  + shell("cat " + proc + "/fdinfo/* 2>/dev/null | grep -c '^inotify wd'"));
      assertThat(own.watches()).isEqualTo(2);
      assertThat(own.user() + " " + own.uid()).isEqualTo(shell("id -un; id -u"));
      assertThat(own.command()).contains("java");
    }
  }

  private static String shell(String script) throws IOException {
    Process process = new ProcessBuilder(List.of("sh", "-c", script)).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip().replace('\n', ' ');
  }
}
