package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.Faults;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the process pushes its metrics to, by OTLP over HTTP.
 *
 * @param url http or https, without a secret
 * @param step time between two pushes; 1 s to 1 h
 * @param headers of each request; values may be secret and are never printed
 */
public record OtlpConfig(String url, Duration step, Map<String, String> headers) {
  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);
  private static final Duration LONGEST_STEP = Duration.ofHours(1);

  public OtlpConfig {
    headers = Map.copyOf(headers);
    Faults faults = new Faults();
    faults.require(
        isAddress(url),
        "Url",
        "expected an address such as \"http://collector:4318/v1/metrics\", without user, password and"
            + " query; a secret belongs into Headers");
    faults.require(
        step.compareTo(SHORTEST_STEP) >= 0 && step.compareTo(LONGEST_STEP) <= 0,
        "Step",
        "expected \"1s\" to \"1h\"");
    headers.forEach(
        (name, value) ->
            faults.require(
                isHeader(name, value),
                Fault.join("Headers", name),
                "expected the name of a header that HTTP clients may set, and a value of visible ASCII"
                    + " characters and spaces"));
    faults.throwIfAny();
  }

  /** Returns null where the key is absent or a fault was reported. */
  static @Nullable OtlpConfig from(Section parent) {
    Section section = parent.optionalObject("Otlp");
    if (section == null) {
      return null;
    }
    String url = section.text("Url", "");
    Duration step = section.duration("Step", Duration.ofMinutes(1));
    Map<String, String> headers = section.properties("Headers");
    return section.make(() -> new OtlpConfig(url, step, headers));
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return http
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isHeader(String name, String value) {
    try {
      HttpRequest.newBuilder().header(name, value);
      return value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Without the values of the headers. */
  @Override
  public String toString() {
    return "OtlpConfig[" + url + ", " + step + ", " + new TreeMap<>(headers).keySet() + "]";
  }
}
