package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the description of the paths with what is routed, and checks its structure. */
class OpenApiTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");

  private final JsonNode document = document();

  @Test
  void eachRouteIsDescribedAndEachDescribedPathIsRouted() {
    ServedGroups none = new ServedGroups(List.of());
    ProcessMetrics metrics = new ProcessMetrics();
    LagHistories histories = new LagHistories(none, metrics, Clock.systemUTC());
    List<String> routed =
        HttpServer.endpoints(none, metrics, histories, new ThreadFailures()).stream()
            .map(endpoint -> endpoint.method() + " " + endpoint.path())
            .toList();
    List<String> described = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(described).containsExactlyInAnyOrderElementsOf(routed);
  }

  @Test
  void eachOperationIsComplete() {
    List<String> ids = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation -> {
                          ids.add(operation.path("operationId").asText());
                          assertThat(operation.path("summary").asText()).isNotBlank();
                          assertThat(parameters(operation)).isEqualTo(variables(path.getKey()));
                          operation
                              .get("responses")
                              .properties()
                              .forEach(
                                  response -> {
                                    assertThat(response.getKey()).matches("[2-5][0-9]{2}");
                                    assertThat(resolved(response.getValue()).get("description"))
                                        .isNotNull();
                                  });
                        }));

    assertThat(ids).isNotEmpty().doesNotHaveDuplicates().doesNotContain("");
    assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.at("/info/title").asText()).isNotBlank();
    assertThat(document.at("/info/version").asText()).isNotBlank();
  }

  @Test
  void referencesAndTypesAreKnown() {
    document.findValuesAsText("$ref").forEach(this::target);
    document
        .findParents("type")
        .forEach(
            schema -> {
              JsonNode type = schema.get("type");
              if (type.isTextual() && !schema.has("scheme")) {
                assertThat(TYPES).contains(type.asText());
              }
              type.forEach(each -> assertThat(TYPES).contains(each.asText()));
            });
  }

  private List<String> parameters(JsonNode operation) {
    List<String> names = new ArrayList<>();
    operation
        .path("parameters")
        .forEach(
            parameter -> {
              JsonNode whole = resolved(parameter);
              assertThat(whole.get("schema")).isNotNull();
              if (whole.get("in").asText().equals("path")) {
                assertThat(whole.get("required").asBoolean()).isTrue();
                names.add(whole.get("name").asText());
              }
            });
    return names;
  }

  private static List<String> variables(String path) {
    return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? target(node.get("$ref").asText()) : node;
  }

  private JsonNode target(String reference) {
    assertThat(reference).startsWith("#/components/");
    JsonNode target = document.at(reference.substring(1));
    assertThat(target.isMissingNode()).as(reference).isFalse();
    return target;
  }

  private static JsonNode document() {
    try (InputStream in = HttpServer.class.getResourceAsStream("openapi.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
