package io.binlogbroker.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsDocTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(binlogbroker_\\w+)` \\| (\\w+) \\|([^|]*)\\|");

  @Test
  void theDocumentListsEachMetricWithItsTypeAndLabelsAndNoOther() throws IOException {
    List<String> documented =
        ROW.matcher(Files.readString(Path.of("../docs/metrics.md")))
            .results()
            .map(
                row ->
                    row.group(1) + " " + row.group(2) + " " + row.group(3).replace("`", "").strip())
            .map(String::strip)
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(Metric.values()).map(MetricsDocTest::described).toList());
  }

  @Test
  void prometheusSeesTheNamesOfTheDocument() {
    ProcessMetrics metrics = new ProcessMetrics();
    for (Metric metric : Metric.values()) {
      String[] values = metric.tags().toArray(String[]::new);
      switch (metric.kind()) {
        case COUNTER -> metrics.of("g").counter(metric, values).increment();
        case GAUGE -> metrics.of("g").gauge(metric, () -> 1, values);
        case HISTOGRAM -> metrics.of("g").time(metric, 1);
      }
    }

    String scraped = metrics.text();
    assertThat(Metric.values())
        .allSatisfy(metric -> assertThat(scraped).contains("# TYPE " + name(metric) + " "));
  }

  private static String described(Metric metric) {
    String type =
        switch (metric.kind()) {
          case COUNTER -> "counter";
          case GAUGE -> "gauge";
          case HISTOGRAM -> "histogram";
        };
    String labels = metric.tags().stream().collect(Collectors.joining(", "));
    return (name(metric) + " " + type + " " + labels).strip();
  }

  private static String name(Metric metric) {
    String base = "binlogbroker_" + metric.label().replace('.', '_');
    return switch (metric.kind()) {
      case COUNTER -> base + "_total";
      case GAUGE -> base;
      case HISTOGRAM -> base + "_seconds";
    };
  }
}
