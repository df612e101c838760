package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.broker.format.ChangeContext;
import io.binlogbroker.broker.format.Format;
import io.binlogbroker.broker.format.MessageFormat;
import io.binlogbroker.broker.format.MessageFormat.Operation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of rows events to messages, decoding included; the score is of one row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FormatBenchmark {
  private static final long NOW = 1_795_337_799_801L;

  @Param({"JSON"})
  public Format format = Format.JSON;

  private final ChangeContext context = new ChangeContext("bench");
  private MessageFormat writer = Format.JSON.writer();

  @Setup
  public void open() {
    writer = format.writer();
    context.begin(null, 1, "binlog.000001", NOW);
  }

  @Benchmark
  @OperationsPerInvocation(Sample.ROWS)
  public void write(SampleRows rows, Blackhole blackhole) {
    rows.forEach(row -> blackhole.consume(message(row)));
  }

  private byte[] message(BinlogRows row) {
    return switch (row.action()) {
      case INSERT ->
          writer.write(row.plan(), context, row.index(), Operation.INSERT, null, row.after(), NOW);
      case DELETE ->
          writer.write(row.plan(), context, row.index(), Operation.DELETE, row.before(), null, NOW);
      case UPDATE ->
          writer.write(
              row.plan(), context, row.index(), Operation.UPDATE, row.before(), row.after(), NOW);
    };
  }
}
