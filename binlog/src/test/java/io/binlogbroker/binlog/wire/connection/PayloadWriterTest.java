package io.binlogbroker.binlog.wire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadWriterTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 250, 251, 0xFFFF, 0x10000, 0xFFFFFF, 0x1000000, Long.MAX_VALUE, -1})
  void lengthEncodedNumbersRoundTrip(long value) {
    ByteReader reader = new ByteReader(new PayloadWriter().lenenc(value).toByteArray());

    assertThat(reader.lenenc()).isEqualTo(value);
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void textTooLongForItsLengthByteIsRejected() {
    assertThatThrownBy(() -> new PayloadWriter().shortText("x".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected at most 255 bytes but got 256");
  }
}
