package io.binlogbroker.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.DebianPackage;
import io.binlogbroker.testkit.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prometheus' rules, checked and tested by its own promtool, and the dashboard for Grafana. */
@Timeout(300)
class MonitoringTest {
  private static final Path RULES = Path.of("../deploy/prometheus").toAbsolutePath().normalize();
  private static final Path DASHBOARD = Path.of("../deploy/grafana/binlogbroker.json");
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?m)^\\| `(binlogbroker_\\w+)` \\| (\\w+) \\|");
  private static final Pattern USED = Pattern.compile("\\bbinlogbroker_\\w+");

  @Test
  void promtoolAcceptsTheRules() {
    assertThat(promtool("check", "rules", "binlogbroker.rules.yml")).contains("SUCCESS");
  }

  @Test
  void theRulesAlertWhenTheyShouldAndOnlyThen() {
    assertThat(promtool("test", "rules", "binlogbroker.rules.test.yml")).contains("SUCCESS");
  }

  @Test
  void theRulesUseDocumentedMetrics() throws IOException {
    String rules = Files.readString(RULES.resolve("binlogbroker.rules.yml"));

    assertThat(documented()).containsAll(used(rules));
  }

  @Test
  void theDashboardUsesDocumentedMetrics() throws IOException {
    assertThat(documented()).containsAll(used(String.join("\n", queries())));
  }

  @Test
  void promtoolAcceptsTheQueriesOfTheDashboard() throws IOException {
    StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    for (String query : queries()) {
      String concrete = query.replace("$__rate_interval", "1m").replace("$group", "db_.*");
      String quoted = new ObjectMapper().writeValueAsString(concrete);
      rules.append("      - {record: checked, expr: ").append(quoted).append("}\n");
    }
    Path file = Files.createTempFile("dashboard", ".yml");
    try {
      Files.writeString(file, rules);
      assertThat(promtool("check", "rules", "--lint=none", file.toString())).contains("SUCCESS");
    } finally {
      Files.delete(file);
    }
  }

  private static String promtool(String... arguments) {
    Path files = DebianPackage.fetch(CacheFolder.ofUser(), "prometheus");
    List<String> command = new ArrayList<>();
    command.add(files.resolve("usr/bin/promtool").toString());
    command.addAll(List.of(arguments));
    return new Command(RULES, command).run();
  }

  private static List<String> queries() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    List<String> queries = dashboard.path("panels").findValuesAsText("expr");
    assertThat(queries).hasSizeGreaterThan(10);
    return queries;
  }

  private static Set<String> used(String text) {
    return USED.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of the series; a histogram has several. */
  private static Set<String> documented() throws IOException {
    Set<String> names = new TreeSet<>();
    DOCUMENTED
        .matcher(Files.readString(Path.of("../docs/metrics.md")))
        .results()
        .forEach(
            row -> {
              if (row.group(2).equals("histogram")) {
                List.of("_bucket", "_count", "_sum", "_max")
                    .forEach(end -> names.add(row.group(1) + end));
              } else {
                names.add(row.group(1));
              }
            });
    return names;
  }
}
