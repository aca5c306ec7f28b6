package org.inotify4j.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of a class by JMH, in a JVM of their own. */
final class Jmh {

  private Jmh() {}

  /** The results, each with what was allocated as well. */
  static Collection<RunResult> run(Class<?> benchmark) throws IOException {
    return run(
        new OptionsBuilder()
            .include(benchmark.getName())
            .forks(1)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT));
  }

  /** The results of what some options say, in virtual machines with some more arguments. */
  static Collection<RunResult> run(Options options, List<String> jvmArguments) throws IOException {
    return run(
        new OptionsBuilder()
            .parent(options)
            .jvmArgsAppend(jvmArguments.toArray(String[]::new))
            .verbosity(VerboseMode.SILENT));
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws IOException {
    try {
      return new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new IOException(e);
    }
  }

  /** The bytes that were allocated for one operation. */
  static double bytes(RunResult result) {
    return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
  }
}
