package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A tree that was refused a watch, since there were as many as there may be, gets it as soon as
 * anybody in its hub gives one back: it does not wait for the next time that it would try.
 */
class RoomMadeElsewhereTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};

  private final PickyKernel picky = new PickyKernel();
  private INotifyWatchService other;

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  @BeforeEach
  void openOther() {
    other = INotifyWatchService.open(hub);
  }

  @AfterEach
  void closeOther() {
    other.close();
  }

  /** Somebody else, who has a watch and gives it back. */
  enum Somebody {
    PLAIN_KEY_OF_ANOTHER_SERVICE {
      @Override
      Release watch(INotifyWatchService service, INotifyWatchService other, Path directory)
          throws IOException {
        return other.register(directory, KINDS)::cancel;
      }
    },
    TREE {
      @Override
      Release watch(INotifyWatchService service, INotifyWatchService other, Path directory)
          throws IOException {
        return service.register(directory, KINDS, INotifyModifiers.RECURSIVE)::cancel;
      }
    },
    FILE {
      @Override
      Release watch(INotifyWatchService service, INotifyWatchService other, Path directory)
          throws IOException {
        return service.register(directory.resolve("f"), KINDS, INotifyModifiers.FILE)::cancel;
      }
    },
    ANOTHER_SERVICE {
      @Override
      Release watch(INotifyWatchService service, INotifyWatchService other, Path directory)
          throws IOException {
        other.register(directory, KINDS);
        return other::close;
      }
    },
    DIRECTORY_THAT_IS_DELETED {
      @Override
      Release watch(INotifyWatchService service, INotifyWatchService other, Path directory)
          throws IOException {
        other.register(directory, KINDS);
        return () -> Files.delete(directory);
      }
    };

    abstract Release watch(INotifyWatchService service, INotifyWatchService other, Path directory)
        throws IOException;
  }

  /** Gives a watch back. */
  interface Release {
    void run() throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void whoWaitsForRoom_triesAtOnce(Somebody somebody) throws Exception {
    Release release = somebody.watch(service, other, outside);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/new"), Errno.ENOSPC.number());
    mkdirs("new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new", "UNWATCHED new");
    picky.allowAll();
    release.run();
    // Now, and not when its time has come, a second after it was refused.
    assertThat(told(key)).containsExactly("ENTRY_CREATE new/sub");
    touch("new/sub/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new/sub/f");
  }
}
