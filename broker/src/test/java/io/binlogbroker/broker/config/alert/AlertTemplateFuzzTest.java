package io.binlogbroker.broker.config.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertTemplateFuzzTest {
  private static final int TRIES = Integer.getInteger("fuzz.mutations", 10_000);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SIGNS =
      List.of(
          "{", "}", "\"", "\\", "{{text}}", "{{fix}}", "{{", "}}", ":", ",", "[", "]", "a", "1");

  private final Random random = new Random(Long.getLong("fuzz.seed", 1));

  /** Whatever the values, so that no alert can be lost by what is in it. */
  @Test
  void anAcceptedTemplateAlwaysMakesJson() throws IOException {
    int accepted = 0;
    for (int i = 0; i < TRIES; i++) {
      AlertTemplate template = parsed("{\"a\":\"" + signs(6) + "\"}");
      if (template != null) {
        accepted++;
        assertThat(JSON.readTree(template.fill(values())).isObject()).isTrue();
      }
    }
    assertThat(accepted).isGreaterThan(TRIES / 20);
  }

  @Test
  void theStandardTemplateHasTheValuesAsTheyAre() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Map<String, String> values = values();

      JsonNode json = JSON.readTree(AlertTemplate.standard().fill(values));

      values.forEach((name, value) -> assertThat(json.path(name).textValue()).isEqualTo(value));
    }
  }

  private static AlertTemplate parsed(String text) {
    try {
      return AlertTemplate.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    AlertTemplate.NAMES.forEach(name -> values.put(name, signs(5) + "\n$1\u0000"));
    return values;
  }

  private String signs(int most) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      text.append(SIGNS.get(random.nextInt(SIGNS.size())));
    }
    return text.toString();
  }
}
