package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column definition, from its name up to FIRST or AFTER or what may follow the last
 * clause of an ALTER TABLE. Used once.
 */
public final class ColumnReader {
  private final TokenReader in;
  private final SqlDialect dialect;
  private final Supplier<String> tableCharset;
  private final @Nullable String converted;

  private boolean unsigned;
  private boolean compressed;
  private boolean primary;
  private boolean unique;
  private boolean generated;
  private boolean stored;
  private @Nullable Boolean nullable;
  private @Nullable String charset;

  /**
   * @param tableCharset used only for a column without a character set
   * @param converted the character set of CONVERT TO, which overrides the column's; null without
   *     one
   */
  public ColumnReader(
      TokenReader in,
      SqlDialect dialect,
      Supplier<String> tableCharset,
      @Nullable String converted) {
    this.in = in;
    this.dialect = dialect;
    this.tableCharset = tableCharset;
    this.converted = converted;
  }

  /**
   * @throws DdlException for an unknown column attribute
   */
  public ReadColumn read() {
    String name = in.column();
    boolean serial = in.peek().isWord("SERIAL");
    ReadType type = new TypeReader(in, dialect).read();
    charset = type.charset();
    if (serial) {
      unsigned = true;
      nullable = false;
      unique = true;
    }
    while (!isEnd()) {
      attribute();
    }
    return new ReadColumn(column(name, type), primary, unique, type.isSized());
  }

  private boolean isEnd() {
    Token next = in.peek();
    return in.atEnd()
        || next.isWord("FIRST")
        || next.isWord("AFTER")
        || next.isWord("PARTITION") && in.peek(1).isWord("BY")
        || next.isWord("REMOVE") && in.peek(1).isWord("PARTITIONING");
  }

  private ColumnSchema column(String name, ReadType type) {
    ReadType resolved =
        type.hasCharset() ? type.resolved(effectiveCharset(), dialect) : type.fitted(dialect);
    return new ColumnSchema(
        name,
        resolved.columnType(unsigned, compressed),
        resolved.base(),
        isNullable(resolved.base()),
        resolved.charset(),
        generated && !stored);
  }

  /** CONVERT TO does not change binary columns. */
  private String effectiveCharset() {
    String value = charset == null ? tableCharset.get() : charset;
    return converted == null || value.equals(Charsets.BINARY) ? value : converted;
  }

  private boolean isNullable(String base) {
    if (primary) {
      return false;
    }
    Boolean value = nullable;
    if (value != null) {
      return value;
    }
    return !base.equals("timestamp") || dialect.explicitTimestamps();
  }

  private void attribute() {
    Token token = in.next();
    switch (token.keyword()) {
      case "UNSIGNED", "ZEROFILL" -> unsigned = true;
      case "NOT" -> not();
      case "NULL" -> nullable = true;
      case "AUTO_INCREMENT" -> nullable = false;
      case "SERIAL" -> {
        in.expect("DEFAULT");
        in.expect("VALUE");
        nullable = false;
        unique = true;
      }
      case "PRIMARY" -> {
        in.expect("KEY");
        primary = true;
      }
      case "KEY" -> primary = true;
      case "UNIQUE" -> {
        in.accept("KEY");
        unique = true;
      }
      case "DEFAULT" -> new DefaultReader(in).skip();
      case "ON" -> onUpdate();
      case "REFERENCES" -> references();
      case "CONSTRAINT" -> constraint();
      case "CHECK" -> check();
      default -> skipAttribute(token);
    }
  }

  /** NOT NULL, or NOT SECONDARY, which refers to a secondary engine. */
  private void not() {
    if (!in.accept("SECONDARY")) {
      in.expect("NULL");
      nullable = false;
    }
  }

  private void onUpdate() {
    in.expect("UPDATE");
    in.name();
    parentheses();
  }

  private void parentheses() {
    if (in.peek().isSign('(')) {
      in.inParentheses();
    }
  }

  private void references() {
    in.table("");
    parentheses();
    while (in.acceptAny("MATCH", "ON")) {
      in.acceptAny("DELETE", "UPDATE");
      Token action = in.next();
      if (action.isWord("SET") || action.isWord("NO")) {
        in.next();
      }
    }
  }

  private void constraint() {
    if (!in.peek().isWord("CHECK") || in.peek(1).isWord("CHECK")) {
      in.name();
    }
    in.expect("CHECK");
    check();
  }

  private void check() {
    in.inParentheses();
    in.accept("NOT");
    in.accept("ENFORCED");
  }

  /** Attributes without an effect on rows. */
  private void skipAttribute(Token token) {
    switch (token.keyword()) {
      case "STORED", "PERSISTENT" -> stored = true;
      case "SIGNED", "VIRTUAL", "VISIBLE", "INVISIBLE" -> {
        // No argument follows.
      }
      case "GENERATED" -> {
        in.expect("ALWAYS");
        in.expect("AS");
        generation();
      }
      case "AS" -> generation();
      case "COMMENT", "COLUMN_FORMAT", "STORAGE", "SRID" -> in.next();
      case "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE", "REF_SYSTEM_ID" -> {
        in.acceptSign('=');
        in.next();
      }
      case "WITH" -> { // Percona Server
        in.expect("COMPRESSION_DICTIONARY");
        in.name();
      }
      case "WITHOUT" -> {
        in.expect("SYSTEM");
        in.expect("VERSIONING");
      }
      default -> characters(token);
    }
  }

  /** An expression, or ROW START or ROW END of MariaDB's system versioning. */
  private void generation() {
    if (!in.accept("ROW")) {
      generated = true;
      in.inParentheses();
      return;
    }
    if (!in.acceptAny("START", "END")) {
      throw new DdlException("Expected START or END after ROW but got " + in.peek());
    }
  }

  private void characters(Token token) {
    switch (token.keyword()) {
      case "CHARSET" -> charset = Charsets.of(in.next().text());
      case "CHARACTER", "CHAR" -> {
        in.expect("SET");
        charset = Charsets.of(in.next().text());
      }
      case "COLLATE" -> collate(Charsets.ofCollation(in.next().text()));
      case "ASCII" -> charset = "latin1";
      case "UNICODE" -> charset = "ucs2";
      case "BYTE" -> charset = Charsets.BINARY;
      case "BINARY" -> {
        // The character set's binary collation.
      }
      case "COMPRESSED" -> {
        compressed = true;
        if (in.acceptSign('=')) {
          in.next();
        }
      }
      default -> engineOption(token);
    }
  }

  private void collate(@Nullable String collationCharset) {
    charset = collationCharset == null ? charset : collationCharset;
  }

  /** MariaDB's engines have their own options: NAME=VALUE. */
  private void engineOption(Token token) {
    if (!dialect.mariaDb() || !token.isNaming() || !in.acceptSign('=')) {
      throw new DdlException("Expected an attribute of a column but got " + token);
    }
    in.next();
  }
}
