package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.inotify4j.libc.ScriptedLibC.Call;
import org.junit.jupiter.api.Test;

/** The script of the scripted kernel, beyond what it has in common with the real one. */
final class ScriptedLibCTest {

  private static final int CREATE = 0x100;
  private static final int DELETE_SELF = 0x400;

  private final ScriptedLibC kernel = new ScriptedLibC();
  private final ByteBuffer memory = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
  private final int inotify = kernel.inotifyInit1(LibC.IN_NONBLOCK);

  @Test
  void deliver_readsEndAtTheSplit() {
    kernel.deliver(EventRecord.of(1, CREATE), EventRecord.of(2, CREATE)).split();
    kernel.deliver(EventRecord.of(3, CREATE).named("x"));
    assertThat(kernel.read(inotify, memory, 4096)).isEqualTo(32);
    assertThat(memory.getInt(16)).isEqualTo(2);
    assertThat(kernel.read(inotify, memory, 4096)).isEqualTo(32);
    assertThat(memory.getInt(0)).isEqualTo(3);
    assertThat(kernel.read(inotify, memory, 4096)).isEqualTo(-Errno.EAGAIN.number());
  }

  @Test
  void deliverError_inItsPlace() {
    kernel.deliver(EventRecord.overflow()).deliverError(Errno.EIO).deliverRaw(new byte[3]);
    assertThat(kernel.read(inotify, memory, 4096)).isEqualTo(16);
    assertThat(kernel.read(inotify, memory, 4096)).isEqualTo(-Errno.EIO.number());
    assertThat(kernel.read(inotify, memory, 4096)).isEqualTo(3);
  }

  @Test
  void fail_theNthCall() {
    kernel.fail(Call.EVENTFD, 2, Errno.EMFILE);
    assertThat(kernel.eventfd(0, 0)).isPositive();
    assertThat(kernel.eventfd(0, 0)).isEqualTo(-Errno.EMFILE.number());
    assertThat(kernel.eventfd(0, 0)).isPositive();
    kernel.failAlways(Call.EVENTFD, Errno.ENFILE);
    assertThat(kernel.eventfd(0, 0)).isEqualTo(-Errno.ENFILE.number());
    kernel.heal(Call.EVENTFD);
    assertThat(kernel.eventfd(0, 0)).isPositive();
    assertThat(kernel.calls(Call.EVENTFD)).isEqualTo(5);
  }

  @Test
  void watches_canBeAskedFor() {
    kernel.watchLimit(2).failPath("/gone", Errno.ENOENT);
    assertThat(add("/a", CREATE)).isEqualTo(1);
    assertThat(add("/b", DELETE_SELF)).isEqualTo(2);
    assertThat(add("/gone", CREATE)).isEqualTo(-Errno.ENOENT.number());
    assertThat(add("/c", CREATE)).isEqualTo(-Errno.ENOSPC.number());
    assertThat(kernel.watchedPaths()).containsExactly("/a", "/b");
    assertThat(kernel.wd("/b")).isEqualTo(2);
    assertThat(kernel.mask("/b")).isEqualTo(DELETE_SELF);
  }

  @Test
  void close_ofAWatchedMemfd_endsItsWatch() {
    int memfd = kernel.memfdCreate("m\0".getBytes(UTF_8), 0);
    int wd = add("/proc/self/fd/" + memfd, DELETE_SELF);
    kernel.close(memfd);
    assertThat(kernel.read(inotify, memory, 4096)).isEqualTo(32);
    assertThat(memory.getInt(0)).isEqualTo(wd);
    assertThat(kernel.watchedPaths()).isEmpty();
  }

  @Test
  void read_blocksUntilDelivery() throws Exception {
    int blocking = kernel.inotifyInit1(0);
    CompletableFuture<Integer> length =
        CompletableFuture.supplyAsync(() -> kernel.read(blocking, memory, 4096));
    await().until(() -> kernel.calls(Call.READ) == 1);
    assertThat(length).isNotDone();
    kernel.deliver(EventRecord.of(1, CREATE));
    assertThat(length.get(10, TimeUnit.SECONDS)).isEqualTo(16);
  }

  @Test
  void misuse_isReported() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(kernel::assertAllClosed)
        .withMessage("descriptors left open: [1000000]");
    assertThat(kernel.close(inotify)).isZero();
    kernel.assertAllClosed();
    assertThat(kernel.close(inotify)).isEqualTo(-Errno.EBADF.number());
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(kernel::assertNoMisuse)
        .withMessage("descriptors used after they were closed: [close(1000000)]");
  }

  private int add(String path, int mask) {
    return kernel.inotifyAddWatch(inotify, (path + '\0').getBytes(UTF_8), mask);
  }
}
