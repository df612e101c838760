package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StatementEventTest {
  private static final String CP866 = "04240024002d00";

  /** A status variable of a future server version. */
  private static final String UNKNOWN = "c801";

  @Test
  void textIsInTheCharacterSetOfTheStatusVariables() throws IOException {
    StatementEvent statement = read(CP866, "ALTER TABLE жук ADD a INT", Charset.forName("cp866"));

    assertThat(statement.clientCollation()).isEqualTo(36);
    assertThat(new String(statement.text(), Charset.forName("cp866"))).contains("жук");
  }

  @Test
  void unknownVariableAfterTheCharacterSetIsAccepted() throws IOException {
    StatementEvent statement =
        read(CP866 + UNKNOWN, "ALTER TABLE жук ADD a INT", Charset.forName("cp866"));

    assertThat(statement.clientCollation()).isEqualTo(36);
  }

  @Test
  void asciiTextNeedsNoCharacterSet() throws IOException {
    StatementEvent statement =
        read(UNKNOWN + CP866, "ALTER TABLE t ADD a INT", StandardCharsets.US_ASCII);

    assertThat(statement.clientCollation()).isZero();
  }

  @Test
  void nonAsciiTextAfterAnUnknownVariableIsRejected() {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(
            () -> read(UNKNOWN + CP866, "ALTER TABLE жук ADD a INT", Charset.forName("cp866")))
        .withMessageContaining("200")
        .withMessageContaining("character set");
  }

  private static StatementEvent read(String status, String sql, Charset charset)
      throws IOException {
    byte[] variables = HexFormat.of().parseHex(status);
    byte[] text = sql.getBytes(charset);
    byte[] body =
        new LittleEndian()
            .number(7, 4)
            .number(0, 4)
            .u8(4)
            .number(0, 2)
            .number(variables.length, 2)
            .bytes(variables)
            .text("mall")
            .u8(0)
            .bytes(text)
            .toBytes();
    BinlogWriter log = BinlogWriter.mysql().formatDescription().event(EventType.QUERY, body);
    EventReader reader = new EventReader(log.feed(), true, "log.000001", 1 << 20);
    reader.next();
    BinlogEvent event = reader.next();
    return StatementEvent.read(event, null);
  }
}
