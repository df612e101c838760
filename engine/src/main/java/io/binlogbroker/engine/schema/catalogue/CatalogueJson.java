package io.binlogbroker.engine.schema.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.TableState;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.schema.ddl.table.TableKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts the catalogue's entries to and from readable JSON. Stateless. */
final class CatalogueJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private CatalogueJson() {}

  static byte[] write(TableHistory history) {
    ArrayNode versions = MAPPER.createArrayNode();
    history.versions().forEach(version -> versions.add(json(version)));
    return bytes(MAPPER.createObjectNode().set("versions", versions));
  }

  private static ObjectNode json(TableVersion version) {
    TableState state = version.state();
    ObjectNode json = MAPPER.createObjectNode();
    put(json, version.from());
    json.put("read", version.read()).put("kind", state.kind().name()).put("why", state.why());
    TableDefinition definition = state.definition();
    if (definition == null) {
      return json;
    }
    json.put("charset", definition.charset());
    ArrayNode keys = json.putArray("unique_keys");
    definition.keys().forEach(key -> keys.add(json(key)));
    ArrayNode columns = json.putArray("columns");
    for (ColumnSchema column : definition.columns()) {
      columns
          .addArray()
          .add(column.name())
          .add(column.columnType())
          .add(column.dataType())
          .add(column.nullable())
          .add(column.characterSet())
          .add(column.virtual());
    }
    return json;
  }

  /**
   * @throws DamagedEntryException when it is not one
   */
  static TableHistory history(byte[] bytes, String key) {
    return read(bytes, key, CatalogueJson::history);
  }

  private static TableHistory history(JsonNode json) {
    List<TableVersion> versions = new ArrayList<>();
    for (JsonNode version : json.required("versions")) {
      TableState state =
          new TableState(
              TableState.Kind.valueOf(text(version.required("kind"))),
              version.has("columns") ? definition(version) : null,
              text(version.required("why")));
      versions.add(new TableVersion(place(version), flag(version.required("read")), state));
    }
    return new TableHistory(versions);
  }

  private static TableDefinition definition(JsonNode json) {
    List<ColumnSchema> columns = new ArrayList<>();
    for (JsonNode column : json.required("columns")) {
      columns.add(
          new ColumnSchema(
              text(column.required(0)),
              text(column.required(1)),
              text(column.required(2)),
              flag(column.required(3)),
              textOrNull(column.required(4)),
              flag(column.required(5))));
    }
    List<TableKey> keys = new ArrayList<>();
    json.required("unique_keys").forEach(key -> keys.add(key(key)));
    return new TableDefinition(columns, keys, textOrNull(json.required("charset")));
  }

  private static ObjectNode json(TableKey key) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", key.name()).put("kind", key.kind().name());
    ArrayNode parts = json.putArray("parts");
    key.parts().forEach(part -> parts.addArray().add(part.column()).add(part.prefix()));
    return json;
  }

  private static int number(JsonNode json) {
    if (!json.isInt() || json.intValue() < 0) {
      throw new IllegalArgumentException("expected a length but got " + json);
    }
    return json.intValue();
  }

  private static TableKey key(JsonNode json) {
    List<TableKey.Part> parts = new ArrayList<>();
    for (JsonNode part : json.required("parts")) {
      parts.add(new TableKey.Part(text(part.required(0)), number(part.required(1))));
    }
    TableKey.Kind kind = TableKey.Kind.valueOf(text(json.required("kind")));
    return new TableKey(text(json.required("name")), kind, parts);
  }

  static byte[] write(CatalogueHead head) {
    ObjectNode json = MAPPER.createObjectNode();
    put(json, head.followed());
    return bytes(
        json.put("epoch", head.epoch())
            .put("server", head.server())
            .put("file_created", head.fileCreated()));
  }

  /**
   * @throws DamagedEntryException when it is not one
   */
  static CatalogueHead head(byte[] bytes, String key) {
    return read(
        bytes,
        key,
        json ->
            new CatalogueHead(
                text(json.required("epoch")),
                text(json.required("server")),
                place(json),
                json.path("file_created").asLong()));
  }

  static byte[] write(ParkedTable parked) {
    ObjectNode json = MAPPER.createObjectNode();
    put(json, parked.place());
    json.put("schema", parked.schema()).put("table", parked.table());
    return bytes(json.put("reason", parked.reason()).put("epoch", parked.epoch()));
  }

  /**
   * @throws DamagedEntryException when it is not one
   */
  static ParkedTable parked(byte[] bytes, String key) {
    return read(bytes, key, CatalogueJson::parked);
  }

  private static ParkedTable parked(JsonNode json) {
    return new ParkedTable(
        text(json.required("schema")),
        text(json.required("table")),
        place(json),
        text(json.required("reason")),
        text(json.required("epoch")));
  }

  private static void put(ObjectNode json, BinlogPosition place) {
    json.put("file", place.file()).put("pos", place.offset());
  }

  private static BinlogPosition place(JsonNode json) {
    JsonNode pos = json.required("pos");
    if (!pos.canConvertToLong()) {
      throw new IllegalArgumentException("expected a number as pos but got " + pos);
    }
    return new BinlogPosition(text(json.required("file")), pos.longValue());
  }

  private static String text(JsonNode json) {
    if (!json.isTextual()) {
      throw new IllegalArgumentException("expected a string but got " + json);
    }
    return json.textValue();
  }

  private static @Nullable String textOrNull(JsonNode json) {
    return json.isNull() ? null : text(json);
  }

  private static boolean flag(JsonNode json) {
    if (!json.isBoolean()) {
      throw new IllegalArgumentException("expected true or false but got " + json);
    }
    return json.booleanValue();
  }

  private static byte[] bytes(@Nullable JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings and numbers is always JSON", e);
    }
  }

  private static <T> T read(byte[] bytes, String key, Function<JsonNode, T> reader) {
    try {
      return reader.apply(MAPPER.readTree(bytes));
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedEntryException(key, e);
    }
  }
}
