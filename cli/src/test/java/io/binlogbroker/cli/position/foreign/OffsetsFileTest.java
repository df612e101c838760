package io.binlogbroker.cli.position.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OffsetsFileTest {
  @Test
  void everyEntryIsRead() throws Exception {
    for (int size : new int[] {0, 1, 2, 100}) {
      Map<byte[], byte[]> written = new HashMap<>();
      for (int i = 0; i < size; i++) {
        written.put(bytes("key " + i), bytes("value " + i));
      }

      Map<String, byte[]> read = OffsetsFile.read(serialized(written), "file");

      assertThat(texts(read)).hasSize(size);
      for (int i = 0; i < size; i++) {
        assertThat(texts(read)).containsEntry("key " + i, "value " + i);
      }
    }
  }

  @Test
  void anEntryWithoutValueIsLeftOut() throws Exception {
    Map<byte[], byte[]> written = new HashMap<>();
    written.put(bytes("removed"), null);
    written.put(bytes("kept"), bytes("value"));

    assertThat(OffsetsFile.read(serialized(written), "file")).containsOnlyKeys("kept");
  }

  @Test
  void objectsOfOtherClassesAreRefused() throws Exception {
    Map<Object, Object> values = new HashMap<>();
    values.put(bytes("key"), new LinkedHashMap<>());

    assertThatThrownBy(() -> OffsetsFile.read(serialized(new LinkedHashMap<>()), "file"))
        .hasMessageContaining("Cannot use file: expected a file of offsets")
        .hasMessageContaining("java.util.HashMap");
    assertThatThrownBy(() -> OffsetsFile.read(serialized(values), "file"))
        .hasMessageContaining("with an array of bytes at byte");
  }

  @Test
  void everyTruncatedFileIsRefused() throws Exception {
    byte[] whole = serialized(new HashMap<>(Map.of(bytes("key"), bytes("value"))));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> OffsetsFile.read(part, "file"))
          .hasMessageContaining("expected a file of offsets");
    }
  }

  static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Map<String, String> texts(Map<String, byte[]> values) {
    return values.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> new String(entry.getValue(), StandardCharsets.UTF_8)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
