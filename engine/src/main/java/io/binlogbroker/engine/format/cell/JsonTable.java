package io.binlogbroker.engine.format.cell;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * The parts of a {@code json} message that are the same for every row of a table, as bytes.
 * Immutable.
 */
public final class JsonTable {
  private final byte[][] names;
  private final byte[] identity;
  private final byte[] database;
  private final TableLabels labels;

  public JsonTable(RowPlan plan) {
    this(plan, JsonTable::escaped);
  }

  private JsonTable(RowPlan plan, UnaryOperator<byte[]> label) {
    names = new byte[plan.columns().size()][];
    for (Column column : plan.columns()) {
      names[column.index()] = bytes("," + quoted(column.name()) + ":");
    }
    identity = bytes(",\"db\":" + quoted(plan.schema()) + ",\"table\":" + quoted(plan.table()));
    database =
        bytes("{\"database\":" + quoted(plan.schema()) + ",\"table\":" + quoted(plan.table()));
    labels = new TableLabels(plan, label);
  }

  /** A table whose labels are already encoded as JSON strings. */
  public static JsonTable withQuotedLabels(RowPlan plan) {
    return new JsonTable(plan, utf8 -> bytes(quoted(new String(utf8, StandardCharsets.UTF_8))));
  }

  /** {@code ,"name":} */
  public byte[] name(Column column) {
    return names[column.index()];
  }

  /** <code>{"database":"…","table":"…"</code> */
  public byte[] database() {
    return database;
  }

  /** {@code ,"db":"…","table":"…"} */
  public byte[] identity() {
    return identity;
  }

  public TableLabels labels() {
    return labels;
  }

  public static String quoted(String text) {
    return '"' + new String(escaped(bytes(text)), StandardCharsets.UTF_8) + '"';
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] escaped(byte[] utf8) {
    OutputBuffer out = new OutputBuffer(utf8.length + 8);
    out.jsonEscaped(utf8, 0, utf8.length);
    return out.toBytes();
  }
}
