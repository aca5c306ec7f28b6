package org.inotify4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.inotify4j.INotifyLimits;
import org.inotify4j.INotifyUsage;
import org.inotify4j.INotifyUsage.OfProcess;
import org.inotify4j.cli.doctor.Mounts.Mount;
import org.inotify4j.cli.doctor.OnTheWay.Link;
import org.inotify4j.cli.doctor.PathFacts.Kind;
import org.inotify4j.cli.doctor.PathFacts.Place;
import org.inotify4j.cli.doctor.PathFacts.Unreadable;
import org.inotify4j.cli.doctor.WatchCount.Need;
import org.inotify4j.disk.FileSystemType;
import org.inotify4j.disk.Refusal;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For each thing that can be wrong: what is said, and what mends it. */
final class ProblemsTest {

  private static final SystemFacts HOST = new SystemFacts("6.1", false, "", true, true, false);
  private static final SystemFacts CONTAINER =
      new SystemFacts("6.1", false, "Docker", false, false, false);
  private static final JavaFacts JAVA = java("JNA", "sun.nio.fs.LinuxWatchService", false, false);
  private static final Mount DISK = new Mount(1, 0, "/", "/", "ext4", "/dev/sda");

  @TempDir private Path root;

  private static JavaFacts java(String layer, String service, boolean ours, boolean requested) {
    return java(layer, service, "", ours, requested);
  }

  private static JavaFacts java(
      String layer, String service, String failure, boolean ours, boolean requested) {
    DropIn dropIn = requested ? new DropIn("the agent", ours ? "" : "off") : DropIn.NONE;
    return new JavaFacts("17", "amd64", layer, "why", "P", service, failure, dropIn);
  }

  private List<DoctorProblem> problems(
      SystemFacts system, long instances, long watches, PathFacts... paths) {
    INotifyLimits limits = new INotifyLimits(128, 1000, 16384, 128, 500, 1024, 4096);
    OfProcess process = new OfProcess(7, 1000, "me", "java\n-jar", instances, watches);
    OfProcess others = new OfProcess(8, 2000, "you", "java", 500, 5000);
    INotifyUsage usage = new INotifyUsage(1000, List.of(others, process), 0, 10);
    List<LimitFacts> facts = LimitFacts.of(limits, usage, system, new SettingSources(root));
    return Problems.of(system, JAVA, facts, usage, List.of(paths));
  }

  private static PathFacts path(Kind kind, FileSystemType type, long directories, Place... below) {
    return new PathFacts(
        "/a\n",
        kind,
        Refusal.NONE,
        List.of(),
        DISK,
        false,
        type,
        List.of(below),
        Need.ofTree(directories),
        List.of(),
        null);
  }

  private static PathFacts directory(List<Unreadable> unreadable, @Nullable Probe probe) {
    return new PathFacts(
        "/a\n",
        Kind.DIRECTORY,
        Refusal.NONE,
        List.of(),
        DISK,
        false,
        FileSystemType.EXT,
        List.of(),
        Need.ofTree(1),
        unreadable,
        probe);
  }

  private static PathFacts unreachable(Errno errno) {
    return new PathFacts(
        "/a\n",
        Kind.UNREACHABLE,
        new Refusal(-errno.number()),
        List.of(),
        null,
        false,
        FileSystemType.UNKNOWN,
        List.of(),
        Need.NOTHING,
        List.of(),
        null);
  }

  private static Unreadable below(String path, Errno errno) {
    return new Unreadable(path, new Refusal(-errno.number()));
  }

  @Test
  void nothing() {
    assertThat(problems(HOST, 100, 800, path(Kind.DIRECTORY, FileSystemType.EXT, 200))).isEmpty();
    assertThat(problems(HOST, 1, 1, directory(List.of(), new Probe(true, 5, "", "")))).isEmpty();
  }

  @Test
  void limitsThatAreMet_namesWhoUsesMost() {
    assertThat(problems(HOST, 128, 950))
        .containsExactly(
            new DoctorProblem(
                "fs.inotify.max_user_instances is used up: 128 of 128, most of it by process 7"
                    + " java\\n-jar",
                "sudo sysctl fs.inotify.max_user_instances=256"),
            new DoctorProblem(
                "fs.inotify.max_user_watches is nearly used up: 950 of 1000, most of it by process"
                    + " 7 java\\n-jar",
                "sudo sysctl fs.inotify.max_user_watches=2000"));
  }

  @Test
  void inAContainer_theHostRaisesItsOwn_andTheNamespaceIts() {
    assertThat(problems(CONTAINER, 128, 0))
        .extracting(DoctorProblem::remedy)
        .containsExactly(
            "on the host: sudo sysctl fs.inotify.max_user_instances=256",
            "in this user namespace, as its root: sysctl -w user.max_inotify_instances=256");
  }

  @Test
  void treesThatDoNotFit_allTogether() {
    PathFacts path = path(Kind.DIRECTORY, FileSystemType.EXT, 1200);
    assertThat(problems(HOST, 1, 100, path, path))
        .containsExactly(
            new DoctorProblem(
                "2400 watches are needed, and fs.inotify.max_user_watches leaves room for 900 of"
                    + " its 1000",
                "sudo sysctl fs.inotify.max_user_watches=3400"));
  }

  @Test
  void silentFileSystems() {
    Mount share = new Mount(2, 1, "/", "/a\n/nfs", "nfs4", "server:/x");
    assertThat(problems(HOST, 1, 1, path(Kind.DIRECTORY, FileSystemType.CIFS, 1)))
        .extracting(DoctorProblem::what)
        .containsExactly("/a\\n: on cifs inotify tells only what is done on this machine");
    assertThat(
            problems(
                HOST,
                1,
                1,
                path(
                    Kind.DIRECTORY,
                    FileSystemType.EXT,
                    1,
                    new Place(share, FileSystemType.NFS, Refusal.NONE))))
        .extracting(DoctorProblem::what)
        .containsExactly("/a\\n/nfs: on nfs inotify tells only what is done on this machine");
  }

  @Test
  void pathsThatCannotBeWatched() {
    Link link = new Link(Path.of("/l"), Path.of("gone"));
    PathFacts dangling =
        new PathFacts(
            "/l",
            Kind.MISSING,
            Refusal.NONE,
            List.of(link),
            null,
            false,
            FileSystemType.UNKNOWN,
            List.of(),
            Need.NOTHING,
            List.of(),
            null);
    assertThat(
            problems(
                HOST,
                1,
                1,
                dangling,
                path(Kind.FORBIDDEN, FileSystemType.EXT, 0),
                path(Kind.OTHER, FileSystemType.EXT, 0),
                unreachable(Errno.ENOTCONN),
                unreachable(Errno.ELOOP),
                directory(List.of(below("b", Errno.EACCES), below("c", Errno.EACCES)), null),
                directory(List.of(below("fuse", Errno.ENOTCONN)), null),
                directory(List.of(), new Probe(false, 2_000_000, "", "")),
                directory(List.of(), new Probe(false, 0, "read-only\n", ""))))
        .extracting(DoctorProblem::what)
        .containsExactly(
            "/l: nothing is there where the link leads /l -> gone",
            "/a\\n: permission denied",
            "/a\\n: a pipe, a socket or a device: that it is opened, closed, moved and deleted is"
                + " told, that it is read and written is not, by newer kernels",
            "/a\\n: Transport endpoint is not connected (ENOTCONN)",
            "/a\\n: Too many levels of symbolic links or unable to access attributes of symbolic"
                + " link (ELOOP)",
            "/a\\n: not to be read below it: b and 1 more",
            "/a\\n: not to be read below it: fuse: Transport endpoint is not connected (ENOTCONN)",
            "/a\\n: a new file was not heard of in 2000 ms",
            "/a\\n: no probe was possible: read-only\\n");
  }

  @Test
  void whatIsToldToHelp_fitsTheReason() {
    assertThat(
            problems(
                HOST,
                1,
                1,
                unreachable(Errno.ENOTCONN),
                unreachable(Errno.ELOOP),
                unreachable(Errno.ENAMETOOLONG),
                directory(List.of(below("b", Errno.EACCES), below("f", Errno.ESTALE)), null),
                directory(List.of(), new Probe(false, 0, "none", "fs.inotify.max_user_watches")),
                directory(List.of(), new Probe(false, 0, "none", "fs.file-max")),
                directory(List.of(), new Probe(false, 0, "permission denied", ""))))
        .extracting(DoctorProblem::remedy)
        .containsExactly(
            "umount -l $'/a\\n', and mount it again",
            "see where its links lead: namei -l $'/a\\n'",
            "give it a shorter name",
            "make them readable and searchable for this user, or --exclude them",
            "umount -l $'/a\\n/f', and mount it again; or --exclude it",
            "sudo sysctl fs.inotify.max_user_watches=2000",
            "raise fs.file-max",
            "let it be made where this user may write, or leave --probe out");
  }

  @Test
  void noInstance_isAProblem_andTheNarrowestLimitIsRaised() {
    INotifyLimits limits = new INotifyLimits(128, 1000, 16384, 0, 500, 1024, 4096);
    INotifyUsage usage = new INotifyUsage(1000, List.of(), 0, 10);
    List<LimitFacts> facts = LimitFacts.of(limits, usage, CONTAINER, new SettingSources(root));
    String failure = "User limit of inotify instances reached or too many open files";
    String raise = "in this user namespace, as its root: sysctl -w user.max_inotify_instances=1";

    assertThat(
            Problems.of(CONTAINER, java("JNA", "", failure, false, true), facts, usage, List.of()))
        .containsExactly(
            new DoctorProblem("no watch service can be had: " + failure, raise),
            new DoctorProblem("user.max_inotify_instances is used up: 0 of 0", raise));
    assertThat(Problems.of(HOST, java("JNA", "", "x", false, false), List.of(), usage, List.of()))
        .containsExactly(new DoctorProblem("no watch service can be had: x", "see there"));
  }

  @Test
  void descriptors_areRaisedByWhoMay() {
    // A virtual machine has raised the soft limit to the hard one, which only root may raise.
    assertThat(raisedDescriptors(60, 60))
        .isEqualTo(
            "LimitNOFILE=120 (systemd), nofile in /etc/security/limits.conf, or docker run --ulimit"
                + " nofile=120");
    assertThat(raisedDescriptors(60, 4096)).isEqualTo("ulimit -n 120");
    assertThat(raisedDescriptors(60, 100)).isEqualTo("ulimit -n 100");
    assertThat(raisedDescriptors(60, Long.MAX_VALUE)).isEqualTo("ulimit -n 120");
  }

  private String raisedDescriptors(long soft, long hard) {
    INotifyLimits limits = new INotifyLimits(128, 1000, 16384, 128, 500, soft, hard);
    INotifyUsage usage = new INotifyUsage(1000, List.of(), 0, 59);
    List<LimitFacts> facts = LimitFacts.of(limits, usage, HOST, new SettingSources(root));
    List<DoctorProblem> problems = Problems.of(HOST, JAVA, facts, usage, List.of());
    assertThat(problems).hasSize(1);
    return problems.get(0).remedy();
  }

  @Test
  void javaWithoutItsWayToTheKernel() {
    INotifyUsage usage = new INotifyUsage(0, List.of(), 0, 0);
    assertThat(Problems.of(HOST, java("", "", false, false), List.of(), usage, List.of()))
        .containsExactly(new DoctorProblem("the kernel cannot be reached: why", "see there"));
    assertThat(Problems.of(HOST, java("JNA", "X", false, true), List.of(), usage, List.of()))
        .containsExactly(
            new DoctorProblem("the agent is asked for, and programs get X: off", "see there"));
    assertThat(Problems.of(HOST, java("JNA", "X", true, true), List.of(), usage, List.of()))
        .isEmpty();
  }

  @Test
  void oneOfAKind_isWrittenAsOne() {
    INotifyUsage usage =
        new INotifyUsage(1000, List.of(new OfProcess(7, 1000, "me", "java", 1, 1)), 0, 10);
    PathFacts file = path(Kind.FILE, FileSystemType.EXT, 1);
    Diagnosis diagnosis = new Diagnosis(HOST, JAVA, List.of(), usage, List.of(file), List.of());

    assertThat(DoctorText.of(diagnosis))
        .contains("\nAll of them: 1 instance, 1 watch\n", "\n  1 watch for it and the directories");
  }
}
