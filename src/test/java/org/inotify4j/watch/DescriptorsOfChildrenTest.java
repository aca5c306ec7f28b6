package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inotify4j.INotify;
import org.inotify4j.libc.LibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a child process would inherit of the library's descriptors: none. */
final class DescriptorsOfChildrenTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/fd");

  @TempDir private Path root;

  @Test
  void allAreCloseOnExec() throws Exception {
    Map<Integer, String> before = targets();
    try (INotify inotify = INotify.open();
        INotifyWatchService service = INotifyWatchService.openDedicated()) {
      watchEverything(service);
      Map<Integer, String> ours = targets();
      ours.entrySet().removeAll(before.entrySet());
      List<String> inherited = new ArrayList<>();
      for (Map.Entry<Integer, String> descriptor : ours.entrySet()) {
        if (!closesOnExec(descriptor.getKey())) {
          inherited.add(descriptor.getValue());
        }
      }
      assertThat(inherited).isEmpty();
      // Two instances with what wakes them, the file of marks, the table of mounts, a pipe.
      assertThat(ours).hasSize(8);
      assertThat(inotify.isOpen()).isTrue();
    }
  }

  private void watchEverything(INotifyWatchService service) throws Exception {
    Path tree = Files.createDirectories(root.resolve("a/b"));
    service.register(root, ENTRY_CREATE);
    service.register(tree, KINDS, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN);
    service.register(root.resolve("file"), KINDS, INotifyModifiers.FILE);
    Pending.sync(service);
  }

  /** What this library has open: the descriptors by number. */
  private static Map<Integer, String> targets() throws IOException {
    Map<Integer, String> targets = new HashMap<>();
    for (int fd : KernelView.descriptors()) {
      String target = target(fd);
      if (isOfTheLibrary(target)) {
        targets.put(fd, target);
      }
    }
    return targets;
  }

  private static boolean isOfTheLibrary(String target) {
    return target.startsWith("anon_inode:")
        || target.startsWith("/memfd:inotify4j")
        || target.startsWith("pipe:")
        || target.endsWith("/mountinfo");
  }

  private static String target(int fd) {
    try {
      return Files.readSymbolicLink(OF_THIS_PROCESS.resolve(Integer.toString(fd))).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  private static boolean closesOnExec(int fd) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
        .filter(line -> line.startsWith("flags:"))
        .anyMatch(line -> (Integer.parseInt(line.substring(6).trim(), 8) & LibC.O_CLOEXEC) != 0);
  }
}
