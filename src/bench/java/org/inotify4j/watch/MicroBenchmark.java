package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.inotify4j.pending.KindBits.AS_CREATE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.RecordCursor;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.pending.PendingLog;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The small steps on an event's way from the kernel to the program. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MicroBenchmark {

  private static final int EVENTS = 1000;
  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  private final byte[][] names = new byte[EVENTS][];
  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.nativeOrder());
  private final RecordCursor records = new RecordCursor(memory);
  private final Path empty = Path.of("");
  private Path directory;
  private INotifyWatchService service;
  private WatchService jdk;

  /** Names, a buffer with an event for each, and a registered directory. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("micro-benchmark");
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(directory, Flag.CREATE);
      for (int i = 0; i < EVENTS; i++) {
        names[i] = String.format("file-%07d.txt", i).getBytes(US_ASCII);
        Files.createFile(directory.resolve(new String(names[i], US_ASCII)));
      }
      records.restart(SystemLibC.get().read(inotify.fd(), memory, memory.capacity()));
      int events = 0;
      while (records.next()) {
        events++;
      }
      if (events != EVENTS) {
        throw new IllegalStateException("one read does not take all");
      }
    }
    service = INotifyWatchService.open();
    service.register(directory, KINDS);
    jdk = FileSystems.getDefault().newWatchService();
    directory.register(jdk, KINDS);
  }

  /** Removes what was made. */
  @TearDown
  public void close() throws IOException {
    service.close();
    jdk.close();
    for (byte[] name : names) {
      Files.delete(directory.resolve(new String(name, US_ASCII)));
    }
    Files.delete(directory);
  }

  /** The kernel's bytes, one record after the other. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void decodeRecord(Blackhole sink) {
    KernelRecord record = new KernelRecord();
    records.restart();
    while (records.next()) {
      record.set(records);
      sink.consume(record.nameLength());
    }
  }

  /** Events that do not coalesce. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public PendingLog appendToPendingLog() {
    PendingLog appended = newLog();
    append(appended);
    return appended;
  }

  /** Pending events become those of the program. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public List<WatchEvent<?>> pollEvents(FilledLog filled) {
    return EventReader.events(filled.log, empty);
  }

  /** A directory that has a key. */
  @Benchmark
  public WatchKey registerKnownDirectory() throws IOException {
    return service.register(directory, KINDS);
  }

  /** The same with the JDK's service. */
  @Benchmark
  public WatchKey registerKnownDirectoryJdk() throws IOException {
    return directory.register(jdk, KINDS);
  }

  /** An event's context. */
  @Benchmark
  public Path contextPath() {
    return PathBytes.resolve(empty, names[0]);
  }

  private static PendingLog newLog() {
    return new PendingLog(Integer.MAX_VALUE, new ByteBudget(Long.MAX_VALUE));
  }

  private void append(PendingLog target) {
    for (byte[] name : names) {
      target.append(AS_CREATE, Flag.CREATE.bit(), 0, name, name.length);
    }
  }

  /** A log for {@link #pollEvents}, which empties it. */
  @State(Scope.Thread)
  public static class FilledLog {

    private PendingLog log;

    /** Fills it. */
    @Setup(Level.Invocation)
    public void fill(MicroBenchmark benchmark) {
      log = newLog();
      benchmark.append(log);
    }
  }
}
