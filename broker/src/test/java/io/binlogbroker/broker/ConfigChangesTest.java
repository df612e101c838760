package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.admin.ConfigPreview;
import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.broker.config.edit.MaskedText;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.TableRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigChangesTest {
  private static final TableRule ORDERS = new TableRule("orders", "orders", "id", null);
  private static final String TEXT =
      """
      {
        "KafkaAddr": ["k:9092"], // a comment
        "MysqlConn": "u:secret1@tcp(db:3306)",
        "Sources": [{"Schema": "mall", "Tables": [{"Table": "goods"}, {"Table": "users"}]}]
      }
      """;

  @TempDir Path folder;
  private final List<CheckResult> results = new ArrayList<>();
  private final List<String> checked = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private Path file;
  private FileConfigStore store;
  private ConfigChanges changes;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("conf.json"), TEXT);
    store = new FileConfigStore(file);
    changes =
        new ConfigChanges(
            store,
            (config, table) -> {
              checked.add(String.valueOf(table));
              meanwhile.run();
              return results;
            },
            () -> store.load().config());
  }

  @Test
  void aTableIsAddedAndTheRestOfTheTextIsKept() throws IOException {
    long before = store.load().revision();

    long revision = changes.addTable("mall", ORDERS, false);

    assertThat(revision).isGreaterThan(before);
    assertThat(store.load().revision()).isEqualTo(revision);
    assertThat(Files.readString(file)).contains("\"orders\"", "// a comment", "secret1");
    assertThat(checked).containsExactly("mall.orders");
  }

  @Test
  void aTableIsRemoved() throws IOException {
    changes.removeTable(new TableName("mall", "users"));

    assertThat(Files.readString(file)).contains("goods").doesNotContain("users");
  }

  @Test
  void aChangeThatTheServerContradictsIsNotWrittenUnlessForced() throws IOException {
    results.add(
        CheckResult.notOk("table mall.orders", FailureKind.CONFIGURATION, "has no column id", ""));

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> changes.addTable("mall", ORDERS, false))
        .withMessageContaining("has no column id");
    assertThat(Files.readString(file)).isEqualTo(TEXT);

    changes.addTable("mall", ORDERS, true);

    assertThat(Files.readString(file)).contains("orders");
  }

  @Test
  void aConcurrentChangeIsNotLost() throws IOException {
    meanwhile =
        () -> {
          meanwhile = () -> {};
          rewrite(TEXT.replace("users", "people"));
        };

    changes.addTable("mall", ORDERS, false);

    assertThat(Files.readString(file)).contains("people", "orders");
    assertThat(checked).hasSize(2);
  }

  @Test
  void aWholeTextReplacesTheRevisionThatItWasMadeFrom() throws IOException {
    long revision = store.load().revision();
    String text = TEXT.replace("users", "people");

    long written = changes.put(text, revision, false);

    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(written).isEqualTo(revision + 1);
    assertThat(checked).containsExactly("null");
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> changes.put(TEXT, revision, false))
        .withMessageContaining("has revision " + written + ", not " + revision);
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void aTextThatChangesWhileItIsCheckedIsNotReplaced() throws IOException {
    long revision = store.load().revision();
    String other = TEXT.replace("users", "people");
    meanwhile = () -> rewrite(other);

    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> changes.put(TEXT.replace("users", "clients"), revision, false));

    assertThat(Files.readString(file)).isEqualTo(other);
  }

  @Test
  void anInvalidTextIsNotWritten() throws IOException {
    long revision = store.load().revision();

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> changes.put(TEXT.replace("Sources", "Source"), revision, true))
        .withMessageContaining("unknown key");
    assertThat(Files.readString(file)).isEqualTo(TEXT);
  }

  @Test
  void whatIsHiddenInTheTextIsKept() throws IOException {
    long revision = store.load().revision();
    String shown = MaskedText.of(TEXT);

    changes.put(shown.replace("users", "people"), revision, false);

    assertThat(shown).doesNotContain("secret1", "a comment");
    assertThat(Files.readString(file)).isEqualTo(TEXT.replace("users", "people"));
  }

  @Test
  void aPasswordIsNotSentToAnotherServer() throws IOException {
    long revision = store.load().revision();
    String text = MaskedText.of(TEXT).replace("tcp(db:", "tcp(evil:");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> changes.put(text, revision, true))
        .withMessageContaining("conf.json")
        .withMessageContaining("MysqlConn: expected a value")
        .withMessageContaining("${env:NAME}")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret1"));
    assertThat(Files.readString(file)).isEqualTo(TEXT);
  }

  @Test
  void aPreviewListsWhatWouldChangeWithoutWriting() throws IOException {
    long revision = store.load().revision();
    results.add(CheckResult.warning("table mall.people", "has no key", ""));
    String text =
        MaskedText.of(TEXT)
            .replace("users", "people")
            .replace("\"Sour", "\"MaskSalt\":\"x\",\"Sour");

    ConfigPreview preview = changes.preview(text, revision, false);

    assertThat(preview.added()).singleElement().asString().startsWith("mall.people -> ");
    assertThat(preview.removed()).singleElement().asString().startsWith("mall.users -> ");
    assertThat(preview.restart()).containsExactly("MaskSalt");
    assertThat(preview.notes()).contains("table mall.people has no key");
    assertThat(preview.toString()).doesNotContain("secret1");
    assertThat(Files.readString(file)).isEqualTo(TEXT);
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> changes.preview(text, revision + 1, false));
  }

  @Test
  void aConfigurationWithoutAStoreCannotBeChanged() {
    ConfigChanges fixed =
        new ConfigChanges(null, (config, table) -> List.of(), () -> store.load().config());

    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> fixed.put(TEXT, 1, true))
        .withMessageContaining("cannot be changed");
  }

  private void rewrite(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
