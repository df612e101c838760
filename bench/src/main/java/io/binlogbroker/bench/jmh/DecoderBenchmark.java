package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.binlog.row.Rows.Action;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Decodes rows events to cells; the score is per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {
  @Benchmark
  @OperationsPerInvocation(Sample.ROWS)
  public void decode(SampleRows rows, Blackhole blackhole) {
    BlackholeSink sink = new BlackholeSink(blackhole);
    rows.forEach(row -> cells(row, sink));
  }

  private static void cells(BinlogRows row, BlackholeSink sink) {
    if (row.action() != Action.INSERT) {
      row.before().cells(sink);
    }
    if (row.action() != Action.DELETE) {
      row.after().cells(sink);
    }
  }
}
