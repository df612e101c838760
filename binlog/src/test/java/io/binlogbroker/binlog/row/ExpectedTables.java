package io.binlogbroker.binlog.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.ColumnType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The results of SELECT for the tables of a capture when it was recorded. */
final class ExpectedTables implements SchemaSource {
  private final JsonNode root;

  private ExpectedTables(JsonNode root) {
    this.root = root;
  }

  static ExpectedTables of(String capture) {
    try {
      return new ExpectedTables(
          new ObjectMapper().readTree(Capture.resource(capture + ".expected.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    root.fieldNames().forEachRemaining(names::add);
    return names;
  }

  JsonNode columns(String table) {
    return root.get(table).get("columns");
  }

  JsonNode rows(String table) {
    return root.get(table).get("rows");
  }

  @Override
  public @Nullable TableSchema describe(TableMap table) {
    if (!root.has(table.table())) {
      return null;
    }
    List<ColumnSchema> columns = new ArrayList<>();
    for (JsonNode column : columns(table.table())) {
      String type = column.get("type").asText();
      String charset = column.get("charset").asText();
      boolean nullable = table.nullable(columns.size());
      columns.add(
          new ColumnSchema(
              column.get("name").asText(),
              type,
              type.split("[ (]")[0],
              nullable,
              charset.isEmpty() ? null : charset));
    }
    return new TableSchema(columns, List.of("id"));
  }

  /** The expected output of {@link ServerTextSink}. */
  static String expected(JsonNode cell, String declared, ColumnType type) {
    if (cell.isNull()) {
      return "NULL";
    }
    String text = cell.asText();
    return switch (type) {
      case FLOAT, DOUBLE -> Double.toString(Double.parseDouble(text));
      case JSON -> "u:" + withoutSpaces(text.substring(2));
      default -> declared.contains("zerofill") ? "" + Long.parseLong(text) : text;
    };
  }

  /** Removes the spaces that the server writes after commas and colons, except in strings. */
  private static String withoutSpaces(String hex) {
    String json = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    StringBuilder compact = new StringBuilder();
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '\\') {
        compact.append(c).append(json.charAt(++i));
        continue;
      }
      inString ^= c == '"';
      if (inString || c != ' ') {
        compact.append(c);
      }
    }
    byte[] bytes = compact.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
