package io.binlogbroker.engine.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.PartitionKey;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.TextKeyWriter;
import io.binlogbroker.engine.format.Written;
import io.binlogbroker.engine.format.canal.CanalCellSink;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.debezium.DebeziumCellSink;
import io.binlogbroker.engine.format.json.JsonCellSink;
import io.binlogbroker.engine.format.json.JsonFormat;
import io.binlogbroker.engine.format.maxwell.MaxwellCellSink;
import io.binlogbroker.engine.format.msgpack.MsgpackCellSink;
import io.binlogbroker.engine.metrics.Counter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Verifies that the hot path allocates the message and the key, but nothing per cell. */
class AllocationTest {
  private static final int ROUNDS = 2_000;
  private static final int WARM_UP = 4;

  /** Bytes of an array's header and padding. */
  private static final int ARRAY = 24;

  private static final int SMALLEST_OBJECT = 16;

  private static final RowPlan PLAN =
      SampleTables.table("d", "t")
          .with("i", ColumnType.BIGINT)
          .with("u", ColumnType.BIGINT)
          .with("f", ColumnType.FLOAT)
          .with("d", ColumnType.DOUBLE)
          .with("n", ColumnType.DECIMAL)
          .with("t", ColumnType.TEXT)
          .with("b", ColumnType.BLOB)
          .with("e", ColumnType.ENUM, "x", "y")
          .with("s", ColumnType.SET, "x", "y")
          .with("ts", ColumnType.TIMESTAMP, 6)
          .with("tm", ColumnType.TIME, 3)
          .with("v", ColumnType.VECTOR)
          .keyedBy("i");

  private final Row row = new Row();
  private final Last last = new Last();

  /** Keeps the last message without allocating. */
  private static final class Last implements MessageSink {
    private byte[] value = new byte[0];

    @Override
    public void send(Address to, byte @Nullable [] value) {
      this.value = Objects.requireNonNull(value);
    }
  }

  @Test
  void aMessageAllocatesOnlyItsBytes() {
    JsonFormat format = new JsonFormat();
    ChangeContext context = GoldenCases.context();
    int length = write(format, context).length;

    long allocated = allocatedPerRound(() -> write(format, context));

    assertThat(allocated).isLessThanOrEqualTo(length + ARRAY);
  }

  @Test
  void cellsAllocateNothing() {
    OutputBuffer out = new OutputBuffer();
    JsonTable table = new JsonTable(PLAN);
    List<CellSink> sinks =
        List.of(
            new JsonCellSink(out, table),
            new MsgpackCellSink(out, PLAN),
            new CanalCellSink(out, table, false),
            new MaxwellCellSink(out, table),
            new DebeziumCellSink(out, table));

    for (CellSink sink : sinks) {
      long allocated =
          allocatedPerRound(
              () -> {
                out.clear();
                row.cells(sink);
              });

      assertThat(allocated).as(sink.getClass().getSimpleName()).isLessThan(SMALLEST_OBJECT);
    }
  }

  @Test
  void aKeyAllocatesOnlyItsBytes() {
    List<Integer> columns = Stream.of("i", "t", "d").map(PLAN::indexOf).toList();
    PartitionKey key = new PartitionKey(columns, new TextKeyWriter(PLAN, columns), new Counter());
    int length = key.of(row).length;

    long allocated =
        allocatedPerRound(
            () -> {
              row.counter++;
              key.of(row);
            });

    assertThat(allocated).isLessThanOrEqualTo(length + ARRAY);
  }

  private byte[] write(JsonFormat format, ChangeContext context) {
    format.write(PLAN, context, Operation.INSERT, null, row, Written.TO, last);
    return last.value;
  }

  private static long allocatedPerRound(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long last = 0;
    for (int i = 0; i < WARM_UP; i++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int round = 0; round < ROUNDS; round++) {
        work.run();
      }
      last = threads.getThreadAllocatedBytes(thread) - before;
    }
    return last / ROUNDS;
  }

  /** Pushes its cells without allocating, as the decoder does. */
  private static final class Row implements RowImage {
    private static final byte[] BYTES = "12.30 and \"more\" 订单".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FLOATS = {0, 0, -128, 63, 0, 0, 0, 63};

    long counter = 1_000_000_000_000L;

    @Override
    public boolean has(int column) {
      return true;
    }

    @Override
    public boolean isNull(int column) {
      return false;
    }

    @Override
    public void cells(CellSink sink) {
      for (int i = 0; i < PLAN.columns().size(); i++) {
        cell(i, sink);
      }
    }

    @Override
    public void cell(int index, CellSink sink) {
      Column column = PLAN.columns().get(index);
      switch (index) {
        case 0 -> sink.integer(column, counter);
        case 1 -> sink.unsigned(column, -1);
        case 2 -> sink.float32(column, 1.1f);
        case 3 -> sink.float64(column, 1234.5678);
        case 4 -> sink.decimal(column, BYTES, 0, 5);
        case 5 -> sink.text(column, BYTES, 0, BYTES.length);
        case 6 -> sink.binary(column, BYTES, 0, BYTES.length);
        case 7 -> sink.enumeration(column, 2);
        case 8 -> sink.set(column, 3);
        case 9 -> sink.timestamp(column, 1795335840L, 123_000);
        case 10 -> sink.time(column, true, 838, 59, 59, 0);
        default -> sink.vector(column, FLOATS, 0, FLOATS.length);
      }
    }

    @Override
    public boolean sameCell(int column, RowImage other) {
      return false;
    }
  }
}
