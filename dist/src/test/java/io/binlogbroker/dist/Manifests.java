package io.binlogbroker.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Kubernetes objects that were read from YAML. */
record Manifests(List<JsonNode> objects) {
  /** By the OpenAPI description of Kubernetes: unknown, missing and mistyped fields. */
  private interface Schema {
    void validate(JsonElement object) throws IOException;
  }

  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "v1/ConfigMap", V1ConfigMap::validateJsonElement,
          "v1/Secret", V1Secret::validateJsonElement,
          "v1/Service", V1Service::validateJsonElement,
          "v1/ServiceAccount", V1ServiceAccount::validateJsonElement,
          "apps/v1/Deployment", V1Deployment::validateJsonElement,
          "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  static Manifests read(String yaml) throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
      return new Manifests(
          documents.readAll().stream()
              .filter(object -> object != null && object.isObject())
              .toList());
    }
  }

  JsonNode get(String kind) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Expected a " + kind + ", but only " + kinds()));
  }

  List<String> kinds() {
    return objects.stream().map(object -> object.path("kind").asText()).toList();
  }

  /** The API's own description does not contain the kinds of the Prometheus operator. */
  void validate() throws IOException {
    for (JsonNode object : objects) {
      String kind = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
      if (kind.startsWith("monitoring.coreos.com/")) {
        continue;
      }
      @Nullable Schema schema = SCHEMAS.get(kind);
      assertThat(schema).as("a schema of " + kind).isNotNull();
      Objects.requireNonNull(schema).validate(JsonParser.parseString(object.toString()));
    }
  }
}
