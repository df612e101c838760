package io.binlogbroker.broker;

import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Tables with columns in each character set and in each collation. */
final class CharsetTables {
  /** A row must fit into a page. */
  private static final int COLUMNS = 100;

  /** Of which each character set has some; the server makes question marks of the others. */
  private static final String LETTERS = "'é订Яאαกაż'";

  private static final String[][] TEXTS = {
    {"latin1", "Ünïcödé €", "ÿ"},
    {"gbk", "订单編號", "a订b"},
    {"gb2312", "订单编号"},
    {"big5", "訂單編號"},
    {"sjis", "注文ソ表ｱｲｳ"},
    {"cp932", "注文①ソ～"},
    {"ujis", "注文ｱｲｳ"},
    {"eucjpms", "注文①"},
    {"euckr", "주문번호"},
    {"utf16", "订单😀"},
    {"utf16le", "订单😀"},
    {"utf32", "订单😀"},
    {"ucs2", "订单"},
    {"utf8", "订单"},
    {"ascii", "plain"},
    {"koi8r", "Заказ"},
    {"koi8u", "Замовлення їєґ"},
    {"cp1250", "Objednávka ž"},
    {"cp1251", "Заказ №"},
    {"cp1256", "طلب"},
    {"cp1257", "Užsakymas"},
    {"cp850", "Größe"},
    {"cp852", "Zamówienie"},
    {"cp866", "Заказ"},
    {"greek", "Παραγγελία"},
    {"hebrew", "הזמנה"},
    {"latin2", "Zamówienie"},
    {"latin5", "Sipariş"},
    {"latin7", "Užsakymas"},
    {"macroman", "Größe"},
    {"macce", "Objednávka"},
    {"tis620", "คำสั่ง"},
    {"armscii8", "Պատվեր"},
    {"geostd8", "შეკვეთა"},
    {"hp8", "Größe"},
    {"dec8", "Größe"},
    {"swe7", "Beställning"},
    {"keybcs2", "Objednávka"},
  };

  private CharsetTables() {}

  /** In the character sets that all servers have: VARCHAR and padded CHAR. */
  static TypedTable texts() {
    return new TypedTable("charsets", columns(CharsetTables::textsIn));
  }

  /** The same: ENUM and SET. */
  static TypedTable labels() {
    return new TypedTable("charset_labels", columns(CharsetTables::labelsIn));
  }

  private static List<TypedColumn> columns(Function<String[], List<TypedColumn>> inOne) {
    return Arrays.stream(TEXTS).map(inOne).flatMap(List::stream).toList();
  }

  /**
   * @param texts behind the name of a character set
   */
  static List<TypedColumn> textsIn(String... texts) {
    String in = " CHARACTER SET " + texts[0];
    List<String> literals = new ArrayList<>(List.of("''", "' x  '"));
    Arrays.stream(texts).skip(1).forEach(text -> literals.add("'" + text + "'"));
    String[] values = literals.toArray(String[]::new);
    return List.of(
        TypedColumn.of("VARCHAR(100)" + in, SelectedAs.TEXT, values),
        // Above 255 bytes in the sets of four bytes a character.
        TypedColumn.of("CHAR(70)" + in, SelectedAs.TEXT, values));
  }

  /**
   * Labels of the first plane, beyond which information_schema shows none. No two columns have the
   * same: MySQL 5.7 itself mixes up those of utf16 and utf32 then.
   */
  private static List<TypedColumn> labelsIn(String... texts) {
    String in = ") CHARACTER SET " + texts[0];
    String label = "'" + texts[1].replaceAll("[\\x{10000}-\\x{10FFFF}]", "") + "'";
    String inEnum = "ENUM('e " + texts[0] + "'," + label + in;
    String inSet = "SET('s " + texts[0] + "'," + label + in;
    return List.of(
        TypedColumn.of(inEnum, SelectedAs.TEXT, label, "1", "'none'"),
        TypedColumn.of(inSet, SelectedAs.TEXT, label, "3", "''"));
  }

  /** Which together have a column in each collation of a server. */
  static List<TypedTable> ofCollations(MysqlServer server) {
    List<TypedColumn> columns =
        server
            .query(
                "SELECT CONCAT(CHARACTER_SET_NAME, ' COLLATE ', COLLATION_NAME) AS name"
                    + " FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"
                    + " WHERE CHARACTER_SET_NAME <> 'binary' ORDER BY 1")
            .stream()
            .map(row -> "VARCHAR(8) CHARACTER SET " + row.get("name"))
            .map(type -> TypedColumn.of(type, SelectedAs.TEXT, LETTERS))
            .toList();
    List<TypedTable> tables = new ArrayList<>();
    for (int from = 0; from < columns.size(); from += COLUMNS) {
      List<TypedColumn> some = columns.subList(from, Math.min(columns.size(), from + COLUMNS));
      tables.add(new TypedTable("collations" + from, some));
    }
    return tables;
  }
}
