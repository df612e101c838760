package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.KeyWriter;
import io.binlogbroker.engine.format.PartitionKey;
import io.binlogbroker.engine.format.PlanCache;
import io.binlogbroker.engine.format.TextKeyWriter;
import io.binlogbroker.engine.metrics.Counter;
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

/** Computes the partition key of a row, including decoding of the key columns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyBenchmark {
  private final PlanCache<PartitionKey> keys = new PlanCache<>(KeyBenchmark::key);

  @Benchmark
  @OperationsPerInvocation(Sample.ROWS)
  public void key(SampleRows rows, Blackhole blackhole) {
    rows.forEach(row -> blackhole.consume(key(row)));
  }

  private static PartitionKey key(RowPlan plan) {
    KeyWriter writer = new TextKeyWriter(plan, plan.primaryKey());
    return new PartitionKey(plan.primaryKey(), writer, new Counter());
  }

  private byte[] key(BinlogRows row) {
    PartitionKey key = keys.get(row.plan());
    return switch (row.action()) {
      case INSERT -> key.of(row.after());
      case DELETE -> key.of(row.before());
      case UPDATE ->
          key.changed(row.before(), row.after())
              ? key.of(row.before())
              : key.of(row.after(), row.before());
    };
  }
}
