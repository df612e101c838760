package io.binlogbroker.engine.schema.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The behaviour of every store. */
public abstract class CatalogueStoreContract {
  /** The store of a group, empty unless the test has written to it. */
  protected abstract CatalogueStore store(String group);

  @Test
  void writtenEntriesAreReadByTheNextStore() {
    store("g").write(Map.of("head", bytes("1"), "table.d.t", bytes("2")));
    store("g").write(Map.of("head", bytes("3")));

    assertThat(text(store("g").read("head"))).isEqualTo("3");
    assertThat(text(store("g").read("table.d.t"))).isEqualTo("2");
  }

  @Test
  void anEntryThatWasNeverWrittenIsAbsent() {
    assertThat(store("nobody").read("head")).isNull();
    assertThat(store("nobody").keys("")).isEmpty();
  }

  @Test
  void keysAreFoundByPrefix() {
    store("k").write(Map.of("head", bytes("1"), "table.d.t", bytes("2"), "table.e.t", bytes("3")));

    assertThat(store("k").keys("table.")).containsExactly("table.d.t", "table.e.t");
    assertThat(store("k").keys("table.d.")).containsExactly("table.d.t");
  }

  @Test
  void aRemovedEntryIsAbsent() {
    store("r").write(Map.of("head", bytes("1"), "table.d.t", bytes("2")));

    store("r").remove(List.of("table.d.t", "table.never"));

    assertThat(store("r").keys("")).containsExactly("head");
  }

  @Test
  void groupsAreSeparate() {
    store("a").write(Map.of("head", bytes("1")));

    assertThat(store("b").read("head")).isNull();
  }

  @Test
  void manyEntriesAreWrittenAtOnce() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < 250; i++) {
      entries.put("table.d.t" + i, bytes("x".repeat(9_000)));
    }

    store("m").write(entries);

    assertThat(store("m").keys("table.")).hasSize(250);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "nothing" : new String(bytes, StandardCharsets.UTF_8);
  }
}
