package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.Optional;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That something is not watched is told with its reason, and with no other. */
@Timeout(60)
final class UnwatchedReasonTest extends WholeTreeTest {

  private List<Optional<String>> reasons(WatchKey key) throws Exception {
    Pending.sync(service);
    return key.pollEvents().stream()
        .filter(event -> !event.kind().equals(ENTRY_CREATE))
        .map(event -> ((INotifyWatchEvent<?>) event).reason())
        .toList();
  }

  @Test
  void ofDirectories() throws Exception {
    kernel.refuseToOpen("private", Errno.EACCES);
    kernel.refuseToWatch("full", Errno.ENOSPC);
    kernel.refuseToWatch("poor", Errno.ENOMEM);
    kernel.refuseToOpen("broken", Errno.EIO);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    shell("mkdir private; mkdir full; mkdir poor; mkdir broken");
    assertThat(reasons(key))
        .containsExactly(
            Optional.of("permission denied (EACCES)"),
            Optional.of("no inotify watch is left (ENOSPC): see fs.inotify.max_user_watches"),
            Optional.of("the kernel is out of memory (ENOMEM)"),
            Optional.of("input/output error (EIO)"));
  }

  @Test
  void ofASingleFile() throws Exception {
    mkdirs("a/b");
    touch("a/b/f");
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, UNWATCHED};
    WatchKey key = service.register(root.resolve("a/b/f"), kinds, INotifyModifiers.FILE);
    kernel.refuseToWatch("b", Errno.ENOSPC);
    shell("mv a/b a/c; mkdir a/b");
    assertThat(reasons(key).stream().filter(Optional::isPresent))
        .containsExactly(
            Optional.of("no inotify watch is left (ENOSPC): see fs.inotify.max_user_watches"));
  }
}
