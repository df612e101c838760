package io.binlogbroker.engine.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.model.FormatName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Routing rules for tests, from JSON like the configuration's. */
public final class RulesText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

  private RulesText() {}

  public static RoutingRules rules(String json) {
    JsonNode root = read(json);
    List<SourceRule> sources = new ArrayList<>();
    for (JsonNode source : root.path("Sources")) {
      List<TableRule> tables =
          StreamSupport.stream(source.path("Tables").spliterator(), false)
              .map(RulesText::table)
              .toList();
      sources.add(
          new SourceRule(source.path("Schema").asText(), tables, format(source), snapshot(source)));
    }
    return new RoutingRules(
        root.path("SyncAll").asBoolean(),
        sources,
        texts(root.path("BlackList")),
        MaskSalt.of(root.path("MaskSalt").asText("")),
        Objects.requireNonNullElse(snapshot(root), SnapshotMode.NEVER));
  }

  /** Compiled for a server with case-sensitive names. */
  public static Routes routes(String json) {
    return RouteCompiler.compile(rules(json), reserved(json), false);
  }

  public static Rules rules(long revision, String json) {
    return Rules.of(revision, rules(json), reserved(json));
  }

  private static ReservedTopics reserved(String json) {
    JsonNode root = read(json);
    return new ReservedTopics(
        text(root, "PositionsTopic"),
        text(root, "DdlTopic"),
        "dead-letter".equals(text(root, "OnOversize")) ? ".oversize" : null);
  }

  private static TableRule table(JsonNode rule) {
    Map<String, MaskKind> masks = new HashMap<>();
    for (Map.Entry<String, JsonNode> mask : rule.path("Mask").properties()) {
      masks.put(mask.getKey(), MaskKind.valueOf(constant(mask.getValue().asText())));
    }
    JsonNode columns = rule.path("Columns");
    return new TableRule(
        rule.path("Table").asText(),
        text(rule, "Topic"),
        text(rule, "Key"),
        format(rule),
        new ColumnChoice(texts(columns.path("Include")), texts(columns.path("Exclude"))),
        masks,
        rule.path("Tombstones").asBoolean(),
        snapshot(rule),
        text(rule, "SnapshotWhere"));
  }

  private static FormatName format(JsonNode rule) {
    String name = text(rule, "Format");
    return name == null ? null : FormatName.valueOf(constant(name));
  }

  private static SnapshotMode snapshot(JsonNode rule) {
    String mode = text(rule, "Snapshot");
    return mode == null ? null : SnapshotMode.valueOf(constant(mode));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String text(JsonNode object, String key) {
    String text = object.path(key).asText("");
    return text.isEmpty() ? null : text;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The rules of a test cannot be read", e);
    }
  }
}
