package org.inotify4j.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.follow.Origin;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Problems that are told while changes gather, and who waits for these. */
final class BatchesTest {

  private static final long LONG = TimeUnit.MINUTES.toNanos(10);

  private final Workers workers = new Workers();
  private final WatchRoot root = new WatchRoot(Path.of("/r"), WatchRoot.Reach.TREE);

  /** What the executor was asked to call. */
  private final BlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();

  private final AtomicBoolean rejects = new AtomicBoolean();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final Batches batches =
      new Batches(
          workers,
          this::execute,
          batch -> batch.forEach(change -> told.add(change.toString())),
          new WatchSettings(
              TreeFilter.EVERYTHING,
              false,
              Integer.MAX_VALUE,
              false,
              false,
              LONG,
              LONG,
              null,
              problem -> told.add(problem.reason())),
          new CountedDemand(Long.MAX_VALUE),
          cause -> {});
  private final ChangeSink sink = batches.sink(root);

  @AfterEach
  void close() {
    batches.stop();
    workers.close();
  }

  private void execute(Runnable call) {
    if (rejects.getAndSet(false)) {
      throw new RejectedExecutionException("full");
    }
    calls.add(call);
  }

  private void create(String name) {
    sink.created(name.getBytes(UTF_8), false, false, false, Origin.KERNEL);
  }

  private void tell(String reason) {
    batches.tell(new Problem(Problem.Kind.UNWATCHED, root.path(), reason, null));
  }

  private void call() throws InterruptedException {
    calls.take().run();
  }

  @Test
  void whoWaitedForAProblemOnly_hurriesNoChange() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    tell("one");
    batches.hurry(done);
    call();
    assertThat(done.getCount()).isZero();
    create("f");
    tell("two");
    call();
    assertThat(told).containsExactly("one", "two");
  }

  @Test
  void problemThatComesBeforeTheExecutorIsAskedAgain_isNotWhatIsWaitedFor() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    rejects.set(true);
    create("f");
    batches.hurry(done);
    await().until(() -> told.size() == 1);
    tell("one");
    call();
    assertThat(told).endsWith("one").hasSize(2);
    assertThat(done.getCount()).isOne();
    call();
    assertThat(told).endsWith("one", "CREATED /r/f");
    assertThat(done.getCount()).isZero();
  }
}
