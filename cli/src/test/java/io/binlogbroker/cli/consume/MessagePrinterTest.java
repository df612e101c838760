package io.binlogbroker.cli.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.terminal.Colours;
import org.junit.jupiter.api.Test;

class MessagePrinterTest {
  private static final String ROW = "{\"id\":7,\"usr_id\":1017,\"note\":null}";

  private final MessagePrinter printer = new MessagePrinter(new Colours(false));

  @Test
  void anInsertShowsTheWholeRow() {
    String line = printer.line(Messages.message("c", "null", "{\"id\":7,\"name\":\"订单\"}"));

    assertThat(line).isEqualTo("mytopic-2    key 1017      INSERT mall_db.package  id=7 name='订单'");
  }

  @Test
  void anUpdateShowsTheFirstColumnAndWhatChanged() {
    String after = ROW.replace("null", "\"gift\"");

    String line = printer.line(Messages.message("u", ROW, after));

    assertThat(line).endsWith("UPDATE mall_db.package  id=7 note=null→'gift'");
  }

  @Test
  void aDeleteShowsTheDeletedRow() {
    String line = printer.line(Messages.message("d", ROW, "null"));

    assertThat(line).endsWith("DELETE mall_db.package  id=7 usr_id=1017 note=null");
  }

  @Test
  void aKeyChangeNamesTheOtherKey() {
    String leaves = printer.line(Messages.half("bb.newkey", "1020", "d", ROW));
    String arrives = printer.line(Messages.half("bb.oldkey", "1001", "c", ROW));

    assertThat(leaves).contains("DELETE mall_db.package (moves to key 1020)  id=7");
    assertThat(arrives).contains("INSERT mall_db.package (moved from key 1001)  id=7");
  }

  @Test
  void aLongTextIsTruncatedBetweenCharacters() {
    String text = "x".repeat(38) + "🎁🎁";

    String line = printer.line(Messages.message("c", "null", "{\"note\":\"" + text + "\"}"));

    assertThat(line).endsWith("note='" + "x".repeat(38) + "…'");
  }

  @Test
  void controlCharactersAreShownAsSymbols() {
    String line = printer.line(Messages.message("c", "null", "{\"note\":\"a\\nb\\u001b[2J\"}"));

    assertThat(line).endsWith("note='a␊b␛[2J'");
  }

  @Test
  void aTerminalGetsColours() {
    String line = new MessagePrinter(new Colours(true)).line(Messages.message("d", ROW, "null"));

    assertThat(line).contains("\u001b[31mDELETE mall_db.package\u001b[0m");
  }
}
