package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.changes.NetChangeText.bytes;

import java.util.List;
import org.inotify4j.follow.Origin;

/** Says what happens, in few words. */
final class NetChangeScene {

  final NetChanges changes = new NetChanges();

  List<String> take() {
    return NetChangeText.of(changes.take());
  }

  void assertEmpty() {
    assertThat(changes.isEmpty()).isTrue();
    assertThat(changes.size()).isZero();
    assertThat(take()).isEmpty();
  }

  /** A directory has a slash at the end. */
  void exist(String path) {
    boolean isDirectory = path.endsWith("/");
    String name = isDirectory ? path.substring(0, path.length() - 1) : path;
    changes.existing(bytes(name), isDirectory);
  }

  void create(String path) {
    changes.created(bytes(path), false, Origin.KERNEL);
  }

  void createDirectory(String path) {
    changes.created(bytes(path), true, Origin.KERNEL);
  }

  void write(String path) {
    changes.modified(bytes(path), false, Origin.KERNEL);
  }

  void delete(String path) {
    changes.deleted(bytes(path), false, Origin.KERNEL);
  }

  void deleteDirectory(String path) {
    changes.deleted(bytes(path), true, Origin.KERNEL);
  }

  void move(String from, String to) {
    changes.moved(bytes(from), bytes(to), false, Origin.KERNEL);
  }

  /** Over another that the batch need not know of. */
  void moveOver(String from, String to) {
    changes.moved(bytes(from), bytes(to), false, true, Origin.KERNEL);
  }

  void moveDirectory(String from, String to) {
    changes.moved(bytes(from), bytes(to), true, Origin.KERNEL);
  }
}
