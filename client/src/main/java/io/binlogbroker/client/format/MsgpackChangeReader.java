package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.client.RowChange.Source;
import io.binlogbroker.client.SourceTable;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads messages of the format {@code msgpack}: a map of Action, Schema, Table, Columns and Rows.
 * Stateless.
 */
final class MsgpackChangeReader {
  private static final int FIELDS = 5;

  /** A string that is not UTF-8 is an error, not a string with replaced characters. */
  private static final MessagePack.UnpackerConfig STRICT =
      new MessagePack.UnpackerConfig()
          .withActionOnMalformedString(CodingErrorAction.REPORT)
          .withActionOnUnmappableString(CodingErrorAction.REPORT);

  private MsgpackChangeReader() {}

  static List<RowChange> read(byte[] message) {
    try (MessageUnpacker in = STRICT.newUnpacker(message)) {
      List<RowChange> changes = event(in, message.length);
      if (in.hasNext()) {
        throw new MalformedChangeException(
            "Expected the end of the message at byte " + in.getTotalReadBytes(), null);
      }
      return changes;
    } catch (MalformedChangeException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // Truncated values throw several.
      throw new MalformedChangeException("Expected a change as MessagePack: " + e, e);
    }
  }

  private static List<RowChange> event(MessageUnpacker in, int size) throws IOException {
    if (in.unpackMapHeader() != FIELDS) {
      throw new MalformedChangeException("Expected a map of " + FIELDS + " fields", null);
    }
    String action = text(in, "Action");
    SourceTable table = new SourceTable(text(in, "Schema"), text(in, "Table"));
    name(in, "Columns");
    Set<String> columns = columns(in);
    name(in, "Rows");
    List<Map<String, JsonNode>> rows = new ArrayList<>();
    for (int left = in.unpackArrayHeader(); left > 0; left--) {
      rows.add(row(in, size, columns));
    }
    return changes(action, new Source(null, table, null, null, null, null), rows);
  }

  private static Set<String> columns(MessageUnpacker in) throws IOException {
    Set<String> columns = new LinkedHashSet<>();
    for (int left = in.unpackArrayHeader(); left > 0; left--) {
      String column = in.unpackString();
      if (!columns.add(column)) {
        throw new MalformedChangeException(
            "Expected unique column names but got a duplicate " + column, null);
      }
    }
    return columns;
  }

  private static String text(MessageUnpacker in, String name) throws IOException {
    name(in, name);
    return in.unpackString();
  }

  private static void name(MessageUnpacker in, String expected) throws IOException {
    String name = in.unpackString();
    if (!name.equals(expected)) {
      throw new MalformedChangeException(
          "Expected the field " + expected + " but got " + name, null);
    }
  }

  private static Map<String, JsonNode> row(MessageUnpacker in, int size, Set<String> columns)
      throws IOException {
    int cells = in.unpackArrayHeader();
    if (cells != columns.size()) {
      throw new MalformedChangeException(
          "Expected " + columns.size() + " cells in a row but got " + cells, null);
    }
    Map<String, JsonNode> row = new LinkedHashMap<>(cells * 2);
    for (String column : columns) {
      row.put(column, MsgpackCell.read(in, size));
    }
    return row;
  }

  private static List<RowChange> changes(
      String action, Source source, List<Map<String, JsonNode>> rows) {
    return switch (action) {
      case "insert" ->
          rows.stream().map(row -> change(Operation.INSERT, null, row, source)).toList();
      case "delete" ->
          rows.stream().map(row -> change(Operation.DELETE, row, null, source)).toList();
      case "update" -> updates(source, rows);
      default ->
          throw new MalformedChangeException(
              "Expected Action insert, update or delete but got " + action, null);
    };
  }

  private static List<RowChange> updates(Source source, List<Map<String, JsonNode>> rows) {
    if (rows.size() % 2 != 0) {
      throw new MalformedChangeException(
          "Expected pairs of rows for an update but got " + rows.size() + " rows", null);
    }
    List<RowChange> changes = new ArrayList<>(rows.size() / 2);
    for (int i = 0; i < rows.size(); i += 2) {
      changes.add(change(Operation.UPDATE, rows.get(i), rows.get(i + 1), source));
    }
    return changes;
  }

  private static RowChange change(
      Operation operation,
      @Nullable Map<String, JsonNode> before,
      @Nullable Map<String, JsonNode> after,
      Source source) {
    return new RowChange(ChangeFormat.MSGPACK, operation, before, after, source, null);
  }
}
