package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.inotify4j.Syscalls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real signals to a thread that waits. */
final class SignalTest {

  /** The virtual machine has a handler for it, which does nothing. */
  private static final int SIGPIPE = 13;

  @ParameterizedTest
  @EnumSource(Layer.class)
  void poll_isRestartedAndNothingIsLost(Layer layer) throws Exception {
    assumeTrue(layer.isOfThisJava(), layer.title + " is not of this Java");
    InterruptedCalls calls = new InterruptedCalls(layer);
    LibC libC = calls.libC();
    int inotify = libC.inotifyInit1(LibC.IN_CLOEXEC);
    CompletableFuture<Integer> thread = new CompletableFuture<>();
    CompletableFuture<Integer> ready =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                thread.complete(Syscalls.threadId());
              } catch (IOException e) {
                thread.completeExceptionally(e);
              }
              ByteBuffer fds = memory(8).putInt(0, inotify).putShort(4, LibC.POLLIN);
              return libC.poll(fds, 1, 50_000);
            });
    int id = thread.get(10, TimeUnit.SECONDS);
    await()
        .pollInSameThread()
        .until(
            () -> {
              Syscalls.signal(id, SIGPIPE);
              return calls.count() >= 3;
            });
    assertThat(ready).isNotDone();
    libC.inotifyRmWatch(inotify, libC.inotifyAddWatch(inotify, "/\0".getBytes(UTF_8), 1));
    assertThat(ready.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(libC.read(inotify, memory(64), 64)).isEqualTo(16);
    assertThat(libC.close(inotify)).isZero();
  }

  private static ByteBuffer memory(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }
}
