package io.binlogbroker.engine.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.client.RowChange;
import io.binlogbroker.engine.format.registry.GoldenCases;
import io.binlogbroker.engine.format.registry.GoldenCases.GoldenCase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client reads the format's messages. */
class JsonFormatReadByClientTest {
  static Stream<GoldenCase> cases() {
    return GoldenCases.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachMessageIsReadWithItsTableAndColumns(GoldenCase golden) {
    RowChange change = RowChange.parse(golden.write(new JsonFormat()));

    assertThat(change.operation()).hasToString(golden.operation().name());
    assertThat(change.source().table())
        .hasToString(golden.plan().schema() + "." + golden.plan().table());
    assertThat(change.source().id()).hasToString("binlog.000002:398587718#0");
    assertThat(change.writtenMillis()).isEqualTo(GoldenCases.NOW);
    assertThat(change.before() == null).isEqualTo(golden.before() == null);
    if (change.after() != null && golden.after() != null) {
      assertThat(change.after().keySet()).containsExactlyElementsOf(held(golden));
    }
  }

  private static List<String> held(GoldenCase golden) {
    return golden.plan().columns().stream()
        .filter(column -> golden.after().has(column.index()))
        .map(column -> column.name())
        .toList();
  }
}
