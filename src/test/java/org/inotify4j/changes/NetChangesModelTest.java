package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens in a tree, and however it is cut into batches: who does these has the tree. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class NetChangesModelTest {

  private static final int SEEDS = Integer.getInteger("inotify4j.changes.seeds", 4000);

  @Test
  void batchesLeadFromEachStateToTheNext() {
    int changes = 0;
    int exchanges = 0;
    int others = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Run run = check(seed);
      changes += run.replica.changes;
      exchanges += run.operations.exchanges;
      others += run.replica.others;
    }
    System.out.printf(
        "%d seeds: %d changes, %d by way of another entry or place, %d exchanges of directories%n",
        SEEDS, changes, others, exchanges);
    // Without a circle nothing is told as other than it is.
    assertThat(others).isLessThan(exchanges);
  }

  private static Run check(int seed) {
    int most = 1 + new Random(seed).nextInt(40);
    Run run = new Run(seed);
    try {
      run.go(most);
      return run;
    } catch (Throwable failure) {
      throw shortest(seed, most, failure);
    }
  }

  /** Fewer operations that fail as well. */
  private static AssertionError shortest(int seed, int most, Throwable failure) {
    for (int count = 1; count < most; count++) {
      Run run = new Run(seed);
      try {
        run.go(count);
      } catch (Throwable shorter) {
        return run.failed(shorter);
      }
    }
    Run run = new Run(seed);
    try {
      run.go(most);
    } catch (Throwable again) {
      return run.failed(again);
    }
    return new AssertionError("seed " + seed + " failed once only", failure);
  }

  /** One sequence of operations, in batches. */
  private static final class Run {
    private final int seed;
    private final Random random;
    private final ModelTree tree = new ModelTree();
    private final NetChanges changes = new NetChanges();
    private final Replica replica = new Replica();
    private final RandomOperations operations;
    private List<NetChange> batch = List.of();
    private ModelTree before = tree;

    Run(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.operations = new RandomOperations(random, tree, changes);
    }

    void go(int count) {
      int batchSize = 1 + random.nextInt(12);
      operations.prepare(random.nextInt(20));
      if (random.nextInt(4) == 0) {
        operations.list();
        before = new ModelTree();
      } else {
        replica.knows(tree);
        before = tree.copy();
      }
      for (int i = 0; i < count; i++) {
        operations.next();
        if (random.nextInt(batchSize) == 0) {
          take();
        }
      }
      take();
    }

    private void take() {
      boolean wasEmpty = changes.isEmpty();
      List<String> listed = NetChangeText.of(changes.list());
      batch = changes.take();
      assertThat(batch.isEmpty()).isEqualTo(wasEmpty);
      assertThat(NetChangeText.of(batch)).isEqualTo(listed);
      assertThat(changes.size()).isZero();
      replica.apply(batch, tree, operations.movedOver);
      assertThat(replica.described()).isEqualTo(tree.described());
      TakenBack.assertLeadsBack(batch, before, tree);
      operations.done.add("--");
      operations.movedOver.clear();
      before = tree.copy();
    }

    AssertionError failed(Throwable failure) {
      return new AssertionError(
          "seed "
              + seed
              + "\nbefore "
              + before.described()
              + "\ndone   "
              + operations.done
              + "\nafter  "
              + tree.described()
              + "\ntold   "
              + NetChangeText.of(batch),
          failure);
    }
  }
}
