package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.engine.model.FormatOptions;
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

/** Converts rows events to messages, including decoding; the score is per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FormatBenchmark {
  private static final long NOW = 1_795_337_799_801L;
  private static final Address TO = Address.of("bench", new byte[] {'7'}, null);

  @Param public Format format = Format.JSON;

  private final ChangeContext context = new ChangeContext("bench");
  private MessageFormat writer = Format.JSON.writer(FormatOptions.DEFAULT);

  @Setup
  public void open() {
    writer = format.writer(FormatOptions.DEFAULT);
    context.begin(null, 1, "binlog.000001", 4, NOW);
  }

  @Benchmark
  @OperationsPerInvocation(Sample.ROWS)
  public void write(SampleRows rows, Blackhole blackhole) {
    rows.forEach(row -> write(row, blackhole));
    writer.release((to, value) -> blackhole.consume(value));
  }

  private void write(BinlogRows row, Blackhole blackhole) {
    MessageSink out = (to, value) -> blackhole.consume(value);
    if (row.index() == 0) {
      writer.endEvent(out);
    }
    context.row(row.index(), NOW);
    switch (row.action()) {
      case INSERT ->
          writer.write(row.plan(), context, Operation.INSERT, null, row.after(), TO, out);
      case DELETE ->
          writer.write(row.plan(), context, Operation.DELETE, row.before(), null, TO, out);
      case UPDATE ->
          writer.write(row.plan(), context, Operation.UPDATE, row.before(), row.after(), TO, out);
    }
  }
}
