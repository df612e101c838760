package io.binlogbroker.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.broker.config.alert.AlertConfig;
import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.broker.config.source.TlsConfig;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigDocTest {
  private static final Set<Class<?>> NESTED =
      Set.of(TlsConfig.class, EtcdTls.class, RpcTls.class, AlertConfig.class, OtlpConfig.class);
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|([^|]*\\|){4}$");

  @Test
  void theDocumentListsEachKeyAndNoOther() throws IOException {
    Set<String> known = new TreeSet<>();
    keys(BrokerConfig.class, "").forEach(known::add);
    keys(SourceConfig.class, "").forEach(known::add);

    assertThat(documented()).isEqualTo(known);
  }

  @Test
  void eachTableRowHasFiveCells() throws IOException {
    long rows = Files.readString(doc()).lines().filter(line -> line.startsWith("| `")).count();

    assertThat(documented()).hasSize((int) rows);
  }

  @Test
  void theReaderAcceptsEachDocumentedKey() throws IOException {
    String plain =
        documented().stream()
            .filter(
                key ->
                    !key.contains("tls.")
                        && !key.startsWith("alert")
                        && !key.startsWith("otlp")
                        && !key.startsWith("sources"))
            .map(key -> '"' + key + "\":null,")
            .collect(Collectors.joining());
    String nested =
        """
        "tls":{"mode":null,"caFile":null,"certFile":null,"keyFile":null},
        "alert":null,
        "otlp":{"url":"http://a","step":null,"headers":null},
        "etcdTls":{"caFile":null,"certFile":null,"keyFile":null},
        "rpcTls":{"certFile":"a","keyFile":"b"},
        "sources":[{"schema":null,"tables":[{"table":null,"topic":null,"key":null}]}]
        """;

    assertThatThrownBy(
            () -> new ConfigReader(Map.of()).read("{" + plain + nested + "}", "all keys"))
        .hasMessageContaining("KafkaAddr: missing")
        .hasMessageNotContaining("unknown key");
  }

  private static Set<String> documented() throws IOException {
    return ROW.matcher(Files.readString(doc()))
        .results()
        .map(row -> row.group(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> keys(Class<?> type, String prefix) {
    return Arrays.stream(type.getRecordComponents()).flatMap(part -> keys(part, prefix));
  }

  private static Stream<String> keys(RecordComponent part, String prefix) {
    String key = prefix + part.getName().toLowerCase(Locale.ROOT);
    if (NESTED.contains(part.getType())) {
      return keys(part.getType(), key + ".");
    }
    if (FlatPart.class.isAssignableFrom(part.getType())) {
      return keys(part.getType(), prefix);
    }
    Type generic = part.getGenericType();
    if (generic instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> item
        && item.isRecord()) {
      return Stream.concat(Stream.of(key), keys(item, key + "[]."));
    }
    return Stream.of(key);
  }

  private static Path doc() {
    return Path.of("../docs/config.md");
  }
}
