package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inotify4j.ChildJvm;
import org.inotify4j.Flag;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.UsedMemory;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.ScriptedLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A consumer that sleeps: what its events take, and what happens past the bounds. */
@Timeout(120)
class PendingMemoryTest {

  private static final int MILLION = 1_000_000;

  /** A scripted kernel, a service and a key, in a JVM whose memory and bounds the test sets. */
  private static class Scenario implements AutoCloseable {
    final ScriptedLibC kernel = new ScriptedLibC();
    final INotifyWatchService service;
    final WatchKey key;

    Scenario() throws Exception {
      service = INotifyWatchService.open(Hubs.open(kernel, ScriptedINotify.openForHub(kernel)));
      key = service.register(Path.of("/d"), ENTRY_CREATE);
    }

    void create(String directory, int from, int count) throws Exception {
      int batch = 5000;
      for (int start = from; start < from + count; start += batch) {
        int end = Math.min(from + count, start + batch);
        ByteBuffer records = ByteBuffer.allocate((end - start) * 32).order(ByteOrder.nativeOrder());
        for (int i = start; i < end; i++) {
          records.put(
              EventRecord.of(kernel.wd(directory), Flag.CREATE.bit()).named(name(i)).encoded());
        }
        kernel.deliverRaw(records.array());
        sync();
      }
    }

    void sync() throws Exception {
      if (!service.sync(Duration.ofSeconds(30))) {
        throw new AssertionError("not in time");
      }
    }

    static byte[] name(int number) {
      return String.format(Locale.ROOT, "file%07d", number).getBytes(US_ASCII);
    }

    long budgetUsed() {
      return service.budget().used();
    }

    @Override
    public void close() {
      service.close();
    }
  }

  /** Prints the bytes an event takes while it is pending, and how many came in order. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] arguments) throws Exception {
      try (Scenario scenario = new Scenario()) {
        long before = UsedMemory.bytes();
        scenario.create("/d", 0, MILLION);
        long bytes = UsedMemory.bytes() - before;
        System.out.println(bytes / MILLION);
        System.out.println(scenario.budgetUsed() / MILLION);
        int number = 0;
        for (WatchEvent<?> event : scenario.key.pollEvents()) {
          String name = new String(Scenario.name(number), US_ASCII);
          if (event.kind().equals(ENTRY_CREATE) && name.equals(String.valueOf(event.context()))) {
            number++;
          }
        }
        System.out.println(number);
        System.out.println(scenario.budgetUsed());
      }
    }
  }

  @Test
  void aMillionEventsFitIntoASmallHeap_atMost64BytesEach() throws Exception {
    List<Integer> told =
        ChildJvm.of(Sleeper.class)
            .options(UsedMemory.EXACT)
            .run()
            .output()
            .lines()
            .map(Integer::valueOf)
            .toList();
    System.out.println(
        "a pending event takes "
            + told.get(0)
            + " bytes of heap, "
            + told.get(1)
            + " of the budget");
    assertThat(told.get(0)).isBetween(1, 64);
    assertThat(told.get(1)).isBetween(1, 64);
    assertThat(told.get(2)).as("events that came").isEqualTo(MILLION);
    assertThat(told.get(3)).as("the budget afterwards").isZero();
  }

  /** Goes up to the bound and past it, twice, and prints what is pending. */
  static final class PastTheBound {
    private PastTheBound() {}

    public static void main(String[] arguments) throws Exception {
      int fitting = Integer.parseInt(arguments[0]);
      try (Scenario scenario = new Scenario()) {
        WatchKey other = scenario.service.register(Path.of("/e"), ENTRY_CREATE);
        for (int round = 0; round < 2; round++) {
          scenario.create("/d", 0, fitting);
          System.out.println(scenario.key.pollEvents().size());
          scenario.create("/d", 0, fitting + 3);
          scenario.create("/e", 0, 1);
          List<String> told = new ArrayList<>();
          for (WatchKey key : List.of(scenario.key, other)) {
            for (WatchEvent<?> event : key.pollEvents()) {
              told.add(event.kind() + " " + event.context() + " " + event.count());
            }
          }
          System.out.println(told);
          System.out.println(scenario.budgetUsed());
        }
      }
    }
  }

  private static List<String> pastTheBound(int fitting, String... options) throws Exception {
    return ChildJvm.of(PastTheBound.class)
        .options(options)
        .run(String.valueOf(fitting))
        .output()
        .lines()
        .toList();
  }

  @Test
  void pastTheBoundOnEvents_oneOverflow() throws Exception {
    String told = "[OVERFLOW null 3, ENTRY_CREATE file0000000 1]";
    assertThat(pastTheBound(100, "-Dinotify4j.maxPendingEvents=100"))
        .containsExactly("100", told, "0", "100", told, "0");
  }

  @Test
  void pastTheBoundOnBytes_oneOverflow() throws Exception {
    // Chunks of 256 and 1024 bytes: 9 and 36 entries of 28 bytes.
    String told = "[OVERFLOW null 3, ENTRY_CREATE file0000000 1]";
    assertThat(pastTheBound(45, "-Dinotify4j.maxPendingBytes=2000"))
        .containsExactly("45", told, "0", "45", told, "0");
  }

  @Test
  void theBudgetComesBackAfterDrainingCancellingEndingAndClosing() throws Exception {
    Scenario scenario = new Scenario();
    scenario.create("/d", 0, 100);
    assertThat(scenario.budgetUsed()).isPositive();
    assertThat(scenario.key.pollEvents()).hasSize(100);
    assertThat(scenario.budgetUsed()).isZero();

    scenario.create("/d", 0, 100);
    scenario.kernel.deliver(EventRecord.overflow());
    scenario.sync();
    assertThat(scenario.budgetUsed()).isZero();
    assertThat(Told.by(scenario.key)).containsExactly("OVERFLOW");

    scenario.create("/d", 0, 100);
    scenario.key.cancel();
    assertThat(scenario.budgetUsed()).isZero();
    assertThat(scenario.key.pollEvents()).hasSize(100);
    assertThat(scenario.budgetUsed()).isZero();

    WatchKey ended = scenario.service.register(Path.of("/d"), ENTRY_CREATE);
    scenario.create("/d", 0, 100);
    scenario.kernel.deliver(EventRecord.of(scenario.kernel.wd("/d"), Flag.IGNORED.bit()));
    scenario.sync();
    assertThat(scenario.budgetUsed()).isZero();
    assertThat(ended.pollEvents()).hasSize(100);
    assertThat(scenario.budgetUsed()).isZero();

    WatchKey closed = scenario.service.register(Path.of("/e"), ENTRY_CREATE);
    scenario.create("/e", 0, 100);
    scenario.close();
    assertThat(scenario.budgetUsed()).isZero();
    assertThat(closed.pollEvents()).hasSize(100);
    assertThat(scenario.budgetUsed()).isZero();
  }
}
