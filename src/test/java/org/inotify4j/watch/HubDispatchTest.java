package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether somebody hurries for what the poller has read. */
class HubDispatchTest {

  @TempDir private Path quiet;
  @TempDir private Path directory;
  private INotify inotify;
  private Hub hub;
  private INotifyWatchService service;
  private int files;

  @BeforeEach
  void open() throws Exception {
    // Its watch has the number that the hub knows another directory by, after its own one.
    inotify = INotify.builder().nonblocking(true).open();
    assertThat(inotify.addWatch(quiet, Flag.CREATE)).isEqualTo(1);
    assertThat(inotify.addWatch(directory, Flag.CREATE)).isEqualTo(2);
    hub = Hub.open();
    service = INotifyWatchService.open(hub);
  }

  @AfterEach
  void close() {
    service.close();
    inotify.close();
  }

  @Test
  void nobodyHurries_whileTheConsumerIsBusy() throws Exception {
    WatchKey key = service.register(quiet, ENTRY_CREATE);
    assertThat(dispatch()).as("the first event wakes the consumer").isFalse();
    assertThat(dispatch()).as("the key is queued").isTrue();
    assertThat(service.poll()).isSameAs(key);
    assertThat(dispatch()).as("the key is taken").isTrue();
    assertThat(key.pollEvents()).hasSize(3);
    assertThat(dispatch()).as("the key is not reset").isTrue();
    assertThat(key.reset()).isTrue();
    assertThat(service.poll()).as("one was pending").isSameAs(key);
    assertThat(key.pollEvents()).hasSize(1);
    assertThat(key.reset()).isTrue();
    assertThat(dispatch()).as("the consumer has come back").isFalse();
  }

  @Test
  void somebodyHurries_whereOneOfManyEventsWakes() throws Exception {
    WatchKey key = service.register(quiet, ENTRY_CREATE);
    touch();
    touch();
    assertThat(Hubs.dispatch(hub, inotify)).isFalse();
    assertThat(key.pollEvents()).hasSize(2);
  }

  @Test
  void nobodyHurries_forWhatNobodyAskedFor() throws Exception {
    service.register(quiet, INotifyEventKinds.OPEN);
    assertThat(dispatch()).isTrue();
    assertThat(service.poll()).isNull();
  }

  @Test
  void noPause_afterAReadOfNothing() throws Exception {
    assertThat(Hubs.dispatch(hub, inotify)).isFalse();
  }

  @Test
  void whoWaitsForARename_hurries() throws Exception {
    service.register(quiet, ENTRY_CREATE, INotifyEventKinds.RENAME);
    assertThat(dispatch()).isFalse();
    assertThat(dispatch()).isFalse();
  }

  /** Hands the hub one event as if its own poller had read it. */
  private boolean dispatch() throws Exception {
    touch();
    return Hubs.dispatch(hub, inotify);
  }

  private void touch() throws Exception {
    Files.createFile(directory.resolve("f" + files++));
  }
}
