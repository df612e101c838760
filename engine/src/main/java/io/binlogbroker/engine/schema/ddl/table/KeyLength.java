package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import java.util.List;
import java.util.Locale;

/** Estimates the bytes of a key over text columns; numbers are not counted. Stateless. */
final class KeyLength {
  private KeyLength() {}

  static long of(TableKey key, List<ColumnSchema> columns) {
    long length = 0;
    for (TableKey.Part part : key.parts()) {
      for (ColumnSchema column : columns) {
        length += column.name().equalsIgnoreCase(part.column()) ? of(part, column) : 0;
      }
    }
    return length;
  }

  private static long of(TableKey.Part part, ColumnSchema column) {
    String type = column.columnType().toLowerCase(Locale.ROOT);
    boolean unbounded = type.matches("(tiny|medium|long)?(text|blob).*");
    if (unbounded && part.prefix() == 0) {
      return Integer.MAX_VALUE;
    }
    boolean sized = type.matches("(var)?(char|binary)\\([0-9]+\\).*");
    long characters =
        part.prefix() > 0
            ? part.prefix()
            : sized ? DeclaredLength.of(type.replaceAll("^[a-z]+\\(([0-9]+)\\).*", "$1")) : 0;
    String charset = column.characterSet();
    return characters * (charset == null || charset.isEmpty() ? 1 : Charsets.maxBytes(charset));
  }
}
