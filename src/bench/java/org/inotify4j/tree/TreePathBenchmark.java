package org.inotify4j.tree;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The path of an entry of a tree, which every event of it wants. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreePathBenchmark {

  private static final byte[] NAME = "file-0000000.txt".getBytes(US_ASCII);

  private final TreeNodes nodes = new TreeNodes();
  private TreeNode deep;

  /** A directory five levels down. */
  @Setup
  public void open() {
    deep = nodes.root();
    for (String name : List.of("src", "main", "java", "org", "inotify4j")) {
      TreeNode node = new TreeNode(name.getBytes(US_ASCII));
      nodes.attach(node, deep, node.name);
      deep = node;
    }
  }

  /** The path of an entry six levels down, as bytes. */
  @Benchmark
  public byte[] treePath() {
    return TreeNodes.path(deep, NAME);
  }
}
