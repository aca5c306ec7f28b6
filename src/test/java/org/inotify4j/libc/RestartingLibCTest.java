package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.inotify4j.libc.ScriptedLibC.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that a signal interrupted is made again, except close. */
final class RestartingLibCTest {

  private final ScriptedLibC kernel = new ScriptedLibC();
  private final LibC libC = kernel.restarting();
  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder()).putLong(0, 1);

  @AfterEach
  void assertNoMisuse() {
    kernel.assertNoMisuse();
  }

  @Test
  void inotifyAddWatch() {
    int inotify = libC.inotifyInit1(0);
    interruptTwice(Call.INOTIFY_ADD_WATCH);
    assertThat(libC.inotifyAddWatch(inotify, terminated("/x"), 1)).isEqualTo(1);
    assertThat(kernel.calls(Call.INOTIFY_ADD_WATCH)).isEqualTo(3);
  }

  @Test
  void readAndWrite() {
    int eventfd = libC.eventfd(0, LibC.EFD_NONBLOCK);
    interruptTwice(Call.WRITE);
    interruptTwice(Call.READ);
    assertThat(libC.write(eventfd, memory, 8)).isEqualTo(8);
    assertThat(libC.read(eventfd, memory, 8)).isEqualTo(8);
    assertThat(kernel.calls(Call.WRITE)).isEqualTo(3);
    assertThat(kernel.calls(Call.READ)).isEqualTo(3);
  }

  @Test
  void otherErrors_areReturned() {
    int eventfd = libC.eventfd(0, LibC.EFD_NONBLOCK);
    kernel.fail(Call.READ, 1, Errno.EINTR).fail(Call.READ, 2, Errno.EIO);
    assertThat(libC.read(eventfd, memory, 8)).isEqualTo(-Errno.EIO.number());
  }

  @Test
  void openAndList() {
    interruptTwice(Call.OPEN);
    interruptTwice(Call.OPENAT);
    interruptTwice(Call.GETDENTS64);
    int root = libC.open(terminated("/"), LibC.O_RDONLY | LibC.O_CLOEXEC);
    int again = libC.openat(root, terminated("."), LibC.O_RDONLY | LibC.O_CLOEXEC);
    assertThat(libC.getdents64(again, memory, 4096)).isPositive();
    assertThat(libC.close(again)).isZero();
    assertThat(libC.close(root)).isZero();
    kernel.assertAllClosed();
  }

  @Test
  void fstatfs() {
    int root = libC.open(terminated("/"), LibC.O_PATH | LibC.O_CLOEXEC);
    interruptTwice(Call.FSTATFS);
    assertThat(libC.fstatfs(root, memory)).isZero();
    assertThat(kernel.calls(Call.FSTATFS)).isEqualTo(3);
    assertThat(libC.close(root)).isZero();
  }

  @Test
  void poll_timeoutShrinks() throws Exception {
    memory.putInt(0, libC.eventfd(0, 0)).putShort(4, LibC.POLLIN);
    kernel.failAlways(Call.POLL, Errno.EINTR);
    CompletableFuture<Integer> ready =
        CompletableFuture.supplyAsync(() -> libC.poll(memory, 1, 20));
    await().until(() -> kernel.pollTimeouts().contains(0));
    kernel.heal(Call.POLL);
    assertThat(ready.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(kernel.pollTimeouts())
        .startsWith(20)
        .endsWith(0)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void poll_withoutTimeoutOrWithoutWaiting() {
    int eventfd = libC.eventfd(1, 0);
    memory.putInt(0, eventfd).putShort(4, LibC.POLLIN);
    interruptTwice(Call.POLL);
    assertThat(libC.poll(memory, 1, -1)).isEqualTo(1);
    interruptTwice(Call.POLL);
    assertThat(libC.poll(memory, 1, 0)).isEqualTo(1);
    assertThat(kernel.pollTimeouts()).isEqualTo(List.of(-1, -1, -1, 0, 0, 0));
  }

  @Test
  void close_isNotMadeAgain() {
    int eventfd = libC.eventfd(0, 0);
    kernel.fail(Call.CLOSE, 1, Errno.EINTR);
    assertThat(libC.close(eventfd)).isEqualTo(-Errno.EINTR.number());
    assertThat(kernel.calls(Call.CLOSE)).isEqualTo(1);
  }

  private void interruptTwice(Call call) {
    kernel.fail(call, 1, Errno.EINTR).fail(call, 2, Errno.EINTR);
  }

  private static byte[] terminated(String text) {
    return (text + '\0').getBytes(UTF_8);
  }
}
