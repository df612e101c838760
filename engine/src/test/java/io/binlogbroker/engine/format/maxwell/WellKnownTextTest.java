package io.binlogbroker.engine.format.maxwell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Geometries as well-known text. */
class WellKnownTextTest {
  private static final RowPlan PLAN =
      SampleTables.table("d", "t").with("g", ColumnType.GEOMETRY).keyedBy();
  private static final String ZERO = "0000000000000000";
  private static final String ONE = "000000000000f03f";
  private static final String MINUS = "00000000000004c0";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01 01000000 1 -                        | POINT (1 -2.5)",
        "01 02000000 02000000 0 0 1 1           | LINESTRING (0 0, 1 1)",
        "01 03000000 01000000 02000000 0 0 1 1  | POLYGON ((0 0, 1 1))",
        "01 04000000 01000000 01 01000000 0 1   | MULTIPOINT ((0 1))",
        "01 05000000 01000000 01 02000000 01000000 0 1 | MULTILINESTRING ((0 1))",
        "01 06000000 01000000 01 03000000 01000000 01000000 0 1 | MULTIPOLYGON (((0 1)))",
        "01 07000000 01000000 01 01000000 0 1   | GEOMETRYCOLLECTION (POINT (0 1))",
        "01 07000000 00000000                   | GEOMETRYCOLLECTION EMPTY"
      })
  void eachKindIsWritten(String binary, String text) {
    StringBuilder hex = new StringBuilder();
    for (String word : binary.split(" ")) {
      hex.append(
          switch (word) {
            case "0" -> ZERO;
            case "1" -> ONE;
            case "-" -> MINUS;
            default -> word;
          });
    }
    byte[] wkb = HexFormat.of().parseHex(hex);
    OutputBuffer out = new OutputBuffer();

    new WellKnownText(out).write(PLAN, PLAN.columns().get(0), wkb, 0, wkb.length);

    assertThat(new String(out.toBytes(), UTF_8)).isEqualTo(text);
  }
}
