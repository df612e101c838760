package io.binlogbroker.broker.config.alert;

import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts of a group are sent to, and when. The URL may contain secrets in any of its parts.
 *
 * @param url of a webhook, http or https
 * @param template the JSON text of a message; null for the standard one
 * @param maxLag a larger lag is an alert
 * @param minTimeToPurge less time until the source may purge the position is an alert
 */
public record AlertConfig(
    String url, @Nullable String template, Duration maxLag, Duration minTimeToPurge) {
  public AlertConfig {
    Faults faults = new Faults();
    faults.require(
        isWebhook(url), "Url", "expected an address such as \"https://hooks.example.com/path\"");
    checkTemplate(template, faults);
    faults.require(!maxLag.isZero(), "MaxLag", "expected more than 0");
    faults.throwIfAny();
  }

  /** Returns null where the key is absent or a fault was reported. */
  public static @Nullable AlertConfig from(Section parent) {
    Section section = parent.optionalObject("Alert");
    if (section == null) {
      return null;
    }
    String url = section.secret("Url", Function.identity(), "");
    String template = section.secret("Template", Function.identity(), "");
    Duration maxLag = section.duration("MaxLag", Duration.ofMinutes(5));
    Duration minTimeToPurge = section.duration("MinTimeToPurge", Duration.ofHours(1));
    return section.make(
        () -> new AlertConfig(url, template.isEmpty() ? null : template, maxLag, minTimeToPurge));
  }

  private static void checkTemplate(@Nullable String template, Faults faults) {
    try {
      if (template != null) {
        AlertTemplate.parse(template);
      }
    } catch (IllegalArgumentException e) {
      faults.require(false, "Template", String.valueOf(e.getMessage()));
    }
  }

  private static boolean isWebhook(String text) {
    try {
      URI uri = new URI(text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return http && uri.getHost() != null && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** What the text of a message is made with. */
  public AlertTemplate messages() {
    return template == null ? AlertTemplate.standard() : AlertTemplate.parse(template);
  }

  /** Without the URL and the template. */
  @Override
  public String toString() {
    return "AlertConfig[" + maxLag + ", " + minTimeToPurge + "]";
  }
}
