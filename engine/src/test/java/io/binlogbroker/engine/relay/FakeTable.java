package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.row.TableMaps;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** A table {@code (id BIGINT PRIMARY KEY, usr_id BIGINT)}, as described by a TABLE_MAP event. */
public record FakeTable(TableMap map, RowPlan plan) {
  private static final int BIGINT = 8;

  public static FakeTable of(String schema, String table) {
    return new FakeTable(
        new TableMaps().read(new ByteReader(body(schema, table)), ServerVersion.parse("8.0.33")),
        new RowPlan(schema, table, List.of(column(0, "id"), column(1, "usr_id")), List.of(0)));
  }

  private static Column column(int index, String name) {
    return new Column(index, name, ColumnType.BIGINT, false, false, 0, 0, List.of());
  }

  private static byte[] body(String schema, String table) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, 1, 0});
    name(body, schema);
    name(body, table);
    body.writeBytes(new byte[] {2, BIGINT, BIGINT, 0, 0});
    return body.toByteArray();
  }

  private static void name(ByteArrayOutputStream body, String name) {
    body.write(name.length());
    body.writeBytes(name.getBytes(UTF_8));
    body.write(0);
  }

  @Override
  public String toString() {
    return plan.schema() + "." + plan.table();
  }
}
