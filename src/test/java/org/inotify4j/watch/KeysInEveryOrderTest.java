package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import org.inotify4j.Flag;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.pending.PendingLog;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Keys, their pending events and the queue that signals them, in every order in which two threads
 * can meet: the outcome is that of some order in which one thread does it all. So no event is lost
 * or told twice, and no key is in the queue twice or, with something pending, nowhere.
 */
@Timeout(120)
public final class KeysInEveryOrderTest {

  private final SignalQueue queue = new SignalQueue(new OwnerOfAll());
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final Key one = key("one");
  private final Key other = key("other");

  private Key key(String name) {
    WatchEvent.Kind<?>[] kinds = {StandardWatchEventKinds.ENTRY_CREATE};
    Registration asked = Registration.ofKinds(kinds);
    return new Key(queue, Path.of(name), 1, asked);
  }

  @Operation
  public void hear() {
    hear(one);
  }

  @Operation
  public void hearOther() {
    hear(other);
  }

  private static void hear(Key key) {
    key.append(AS_FLAG, Flag.OPEN.bit(), 0, "f".getBytes(US_ASCII), null, Room.OR_OVERFLOW);
  }

  @Operation
  public void overflow() {
    one.overflow();
  }

  /** What {@code poll} finds: 0 for nothing, 1 and 2 for the keys. */
  @Operation
  public int poll() {
    try {
      Key key = queue.poll();
      return key == one ? 1 : key == other ? 2 : 0;
    } catch (ClosedWatchServiceException e) {
      return -1;
    }
  }

  /** How many events {@code pollEvents} takes out. */
  @Operation
  public int take() {
    return take(one);
  }

  @Operation
  public int takeOther() {
    return take(other);
  }

  private static int take(Key key) {
    PendingLog pending = key.takePending();
    return pending == null ? 0 : pending.size();
  }

  @Operation
  public void putBack() {
    one.putBack();
  }

  @Operation
  public void putBackOther() {
    other.putBack();
  }

  @Operation
  public void end() {
    one.end();
  }

  @Operation
  public void close() {
    queue.close(null);
    queue.wake();
  }

  @Test
  void isAsIfOneThreadDidIt() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .iterations(Integer.getInteger("inotify4j.orders", 3))
        .invocationsPerIteration(300)
        // It is guarded, and reads bytes by VarHandles that the checker does not know.
        .addGuarantee(forClasses("org.inotify4j.pending.PendingLog").allMethods().treatAsAtomic())
        .check(getClass());
  }

  /** Makes logs, and cancels nothing. */
  private final class OwnerOfAll implements SignalQueue.Owner {

    @Override
    public void finished(Key key) {}

    @Override
    public void cancel(Key key) {}

    @Override
    public PendingLog newLog() {
      return new PendingLog(100, budget);
    }
  }
}
