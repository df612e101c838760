package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.WireType;
import io.binlogbroker.binlog.row.json.JsonCellDecoder;
import io.binlogbroker.binlog.row.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mutated JSON cells and partial updates are decoded, or rejected with a declared exception. */
class JsonFuzzTest {
  /** {"a":1,"b":[2,3]}, a string, nested arrays, and decimals and times. */
  private static final List<String> DOCUMENTS =
      List.of(
          "0002001e001200010013000100050100021400616202000a00050200050300",
          "0c0568656c6c6f",
          "0201000b00 02 0700 0100 0400",
          "0f f6 04 02 01 80 01 05",
          "0f 0c 08 0000000000000019",
          "0b 182d4454fb210940");

  /** Replaces $.a, inserts into $.b, removes $.b[1]. */
  private static final List<String> UPDATES =
      List.of(
          "00 03 242e61 02 0401",
          "01 06 242e625b305d 03 050900",
          "02 06 242e625b315d",
          "01 07 242e2263206422 02 0400");

  @Test
  void documentsAreReadOrRejected() {
    JsonCellDecoder cells = new JsonCellDecoder();
    Mutations.of("JSON documents", bytes(DOCUMENTS), Set.of(MalformedBytesException.class))
        .run(bytes -> cells.push(column(), bytes, 0, bytes.length, new ServerTextSink()));
  }

  @Test
  void partialUpdatesAreAppliedOrRejected() {
    JsonCellDecoder cells = new JsonCellDecoder();
    byte[] before = bytes(DOCUMENTS).get(0);
    List<byte[]> updates = bytes(UPDATES);
    List<byte[]> samples =
        Stream.concat(
                updates.stream(),
                updates.stream().map(update -> joined(update, updates.get(1), update)))
            .toList();
    Mutations.of("partial JSON updates", samples, Set.of(MalformedBytesException.class))
        .run(
            bytes ->
                cells.pushPatched(
                    column(), new ByteReader(before), new ByteReader(bytes), new ServerTextSink()));
  }

  @Test
  void pathsAreParsedOrRejected() {
    Mutations.ofTexts(
            "JSON paths",
            List.of("$.a[1].\"b c\"", "$[0][999999999]", "$.\"\\u00e9\\n\"", "$"),
            Set.of(MalformedBytesException.class),
            List.of("[0]", ".a", "\"", "\\u", "[9999999999]"))
        .run(bytes -> JsonPath.parse(new String(bytes, StandardCharsets.UTF_8)));
  }

  private static Column column() {
    TableMap map =
        new TableBytes().column(WireType.JSON, "04").field(1, new Bytes()).names("doc").map();
    return new PlanCompiler(RowsBytes.UNKNOWN).compile(map, new boolean[] {true}).column(0);
  }

  private static byte[] joined(byte[]... parts) {
    Bytes all = new Bytes();
    Arrays.stream(parts).forEach(all::raw);
    return all.array();
  }

  private static List<byte[]> bytes(List<String> hex) {
    return hex.stream().map(text -> HexFormat.of().parseHex(text.replace(" ", ""))).toList();
  }
}
