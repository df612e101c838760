package io.binlogbroker.broker.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one column's definition, from its name to its end or to FIRST or AFTER. Used once. */
final class ColumnReader {
  private final TokenReader in;
  private final SqlDialect dialect;
  private final Supplier<String> tableCharset;

  private boolean unsigned;
  private boolean compressed;
  private boolean primary;
  private @Nullable Boolean nullable;
  private @Nullable String charset;

  /**
   * @param tableCharset asked only for a column that names no character set
   */
  ColumnReader(TokenReader in, SqlDialect dialect, Supplier<String> tableCharset) {
    this.in = in;
    this.dialect = dialect;
    this.tableCharset = tableCharset;
  }

  ReadColumn read() {
    String name = in.name();
    boolean serial = in.peek().isWord("SERIAL");
    ReadType type = new TypeReader(in, dialect).read();
    charset = type.charset();
    if (serial) {
      unsigned = true;
      nullable = false;
    }
    while (!in.atEnd() && !in.peek().isWord("FIRST") && !in.peek().isWord("AFTER")) {
      attribute();
    }
    return new ReadColumn(column(name, type), primary);
  }

  private ColumnSchema column(String name, ReadType type) {
    String inForce = null;
    ReadType resolved = type;
    if (type.hasCharset()) {
      String known = charset == null ? tableCharset.get() : charset;
      resolved = type.resolved(known);
      inForce = resolved.charset();
    }
    return new ColumnSchema(
        name,
        resolved.columnType(unsigned, compressed),
        resolved.base(),
        isNullable(resolved.base()),
        inForce);
  }

  private boolean isNullable(String base) {
    if (primary) {
      return false;
    }
    Boolean said = nullable;
    if (said != null) {
      return said;
    }
    return !base.equals("timestamp") || dialect.explicitTimestamps();
  }

  private void attribute() {
    Token token = in.peek();
    if (token.isSign('(')) {
      in.inParentheses();
      return;
    }
    in.next();
    switch (token.keyword()) {
      case "UNSIGNED", "ZEROFILL" -> unsigned = true;
      case "COMPRESSED" -> compressed = true;
      case "NOT" -> notNull();
      case "NULL" -> nullable = true;
      case "AUTO_INCREMENT" -> nullable = false;
      case "PRIMARY" -> primaryKey();
      case "KEY" -> primary = true;
      case "UNIQUE" -> in.accept("KEY");
      case "DEFAULT" -> value();
      case "ON" -> action();
      case "COMMENT", "COLUMN_FORMAT", "STORAGE", "SRID" -> in.next();
      case "SERIAL" -> nullable = false;
      case "REFERENCES" -> in.table("");
      case "CONSTRAINT" -> constraint();
      default -> charsetAttribute(token.keyword());
    }
  }

  private void charsetAttribute(String word) {
    switch (word) {
      case "CHARSET" -> charset = Charsets.of(in.next().text());
      case "CHARACTER", "CHAR" -> {
        in.expect("SET");
        charset = Charsets.of(in.next().text());
      }
      case "COLLATE" -> collate(Charsets.ofCollation(in.next().text()));
      case "ASCII" -> charset = "latin1";
      case "UNICODE" -> charset = "ucs2";
      case "BYTE" -> charset = Charsets.BINARY;
      default -> {
        // What is left decides about nothing that rows show: INVISIBLE, STORED, a default's rest.
      }
    }
  }

  private void collate(@Nullable String itsCharset) {
    charset = itsCharset == null ? charset : itsCharset;
  }

  /** There is also NOT ENFORCED. */
  private void notNull() {
    if (in.accept("NULL")) {
      nullable = false;
    }
  }

  private void primaryKey() {
    in.accept("KEY");
    primary = true;
  }

  private void value() {
    Token token = in.peek();
    if (token.isSign('(')) {
      in.inParentheses();
      return;
    }
    in.next();
    if (token.isSign('-') || token.isSign('+')) {
      in.next();
    }
  }

  /** ON UPDATE of a timestamp, or a foreign key's ON DELETE SET NULL. */
  private void action() {
    in.next();
    if (in.acceptAny("SET", "NO")) {
      in.next();
      return;
    }
    in.next();
  }

  /** Its name, if it has one, is no attribute. */
  private void constraint() {
    if (!in.peek().isWord("CHECK") && !in.peek().isWord("PRIMARY") && !in.peek().isWord("UNIQUE")) {
      in.next();
    }
  }
}
