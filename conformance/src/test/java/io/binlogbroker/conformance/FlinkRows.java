package io.binlogbroker.conformance;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Flink table after the messages so far, as text. A row that a change removes must be
 * equal to the current one. One thread.
 */
final class FlinkRows {
  private final DeserializationSchema<RowData> reader;
  private final List<LogicalType> types;
  private final Map<Long, List<@Nullable String>> rows = new TreeMap<>();

  FlinkRows(DeserializationSchema<RowData> reader, DataType row) throws Exception {
    this.reader = reader;
    this.types = row.getLogicalType().getChildren();
    reader.open(new OutsideFlink());
  }

  /**
   * Reads one message.
   *
   * @return the number of changes it contained
   */
  int take(byte @Nullable [] message) throws IOException {
    List<RowData> changes = new ArrayList<>();
    reader.deserialize(message, new ListCollector<>(changes));
    changes.forEach(this::apply);
    return (int) changes.stream().filter(row -> row.getRowKind() != RowKind.UPDATE_BEFORE).count();
  }

  Map<Long, List<@Nullable String>> rows() {
    return rows;
  }

  private void apply(RowData row) {
    long id = row.getLong(0);
    List<@Nullable String> cells = cells(row);
    switch (row.getRowKind()) {
      case INSERT, UPDATE_AFTER -> requireSame(null, rows.put(id, cells), id);
      case UPDATE_BEFORE, DELETE -> requireSame(cells, rows.remove(id), id);
    }
  }

  private static void requireSame(
      @Nullable List<@Nullable String> expected, @Nullable List<@Nullable String> found, long id) {
    if (!Objects.equals(expected, found)) {
      throw new AssertionError("Row " + id + ": expected " + expected + " but found " + found);
    }
  }

  private List<@Nullable String> cells(RowData row) {
    List<@Nullable String> cells = new ArrayList<>();
    for (int i = 1; i < types.size(); i++) {
      cells.add(row.isNullAt(i) ? null : text(row, i, types.get(i)));
    }
    return cells;
  }

  private static String text(RowData row, int i, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case TINYINT -> Byte.toString(row.getByte(i));
      case SMALLINT -> Short.toString(row.getShort(i));
      case INTEGER -> Integer.toString(row.getInt(i));
      case BIGINT -> Long.toString(row.getLong(i));
      case FLOAT -> Float.toString(row.getFloat(i));
      case DOUBLE -> Double.toString(row.getDouble(i));
      case BOOLEAN -> row.getBoolean(i) ? "1" : "0";
      case VARCHAR -> row.getString(i).toString();
      case VARBINARY -> HexFormat.of().withUpperCase().formatHex(row.getBinary(i));
      case DECIMAL ->
          row.getDecimal(i, LogicalTypeChecks.getPrecision(type), LogicalTypeChecks.getScale(type))
              .toBigDecimal()
              .toPlainString();
      case DATE -> LocalDate.ofEpochDay(row.getInt(i)).toString();
      case TIME_WITHOUT_TIME_ZONE ->
          LocalTime.ofNanoOfDay(row.getInt(i) * 1_000_000L).format(format("HH:mm:ss", type));
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          row.getTimestamp(i, LogicalTypeChecks.getPrecision(type))
              .toLocalDateTime()
              .format(format("yyyy-MM-dd HH:mm:ss", type));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          LocalDateTime.ofInstant(
                  row.getTimestamp(i, LogicalTypeChecks.getPrecision(type)).toInstant(),
                  ZoneOffset.UTC)
              .format(format("yyyy-MM-dd HH:mm:ss", type));
      default -> throw new AssertionError("No text for " + type);
    };
  }

  private static DateTimeFormatter format(String pattern, LogicalType type) {
    int digits = LogicalTypeChecks.getPrecision(type);
    return DateTimeFormatter.ofPattern(digits == 0 ? pattern : pattern + "." + "S".repeat(digits));
  }

  /** The context of a reader that runs outside a Flink job. */
  private static final class OutsideFlink implements DeserializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new UnsupportedOperationException("There is no user code outside Flink");
    }
  }
}
