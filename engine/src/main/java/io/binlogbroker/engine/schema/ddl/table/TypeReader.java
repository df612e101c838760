package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the type of a column's definition, in any spelling that servers accept. */
final class TypeReader {
  private static final String NATIONAL = "utf8mb3";

  private final TokenReader in;
  private final SqlDialect dialect;

  TypeReader(TokenReader in, SqlDialect dialect) {
    this.in = in;
    this.dialect = dialect;
  }

  /**
   * @throws DdlException for an unknown type
   */
  ReadType read() {
    SqlDialect.TypeNames names = typeNames();
    Token token = in.next();
    String word = token.keyword();
    ReadType other =
        switch (names) {
          case OWN -> null;
          case ORACLE -> oracles(word);
          case MAXDB -> word.equals("TIMESTAMP") ? temporal("datetime") : null;
        };
    return other == null ? own(word, token) : other;
  }

  /** MariaDB allows a schema before a type. */
  private SqlDialect.TypeNames typeNames() {
    if (!dialect.mariaDb() || !in.peek(1).isSign('.')) {
      return dialect.typeNames();
    }
    String schema = in.name();
    in.expectSign('.');
    return switch (schema.toLowerCase(Locale.ROOT)) {
      case "mariadb_schema" -> SqlDialect.TypeNames.OWN;
      case "oracle_schema" -> SqlDialect.TypeNames.ORACLE;
      case "maxdb_schema" -> SqlDialect.TypeNames.MAXDB;
      default -> throw new DdlException("Expected a column's type but got \"" + schema + ".\"");
    };
  }

  private @Nullable ReadType oracles(String word) {
    return switch (word) {
      case "VARCHAR2" -> varchar();
      case "NUMBER" -> in.peek().isSign('(') ? decimal() : ReadType.of("double");
      case "CLOB" -> ReadType.of("longtext");
      case "BLOB" -> in.peek().isSign('(') ? blob() : ReadType.of("longblob");
      case "RAW" -> ReadType.of("varbinary", argumentsOr(""));
      case "DATE" -> ReadType.of("datetime");
      default -> null;
    };
  }

  private ReadType own(String word, Token token) {
    return switch (word) {
      case "TINYINT", "INT1" -> tinyint();
      case "BOOL", "BOOLEAN" -> ReadType.of("tinyint", "(1)");
      case "SMALLINT", "INT2" -> whole("smallint");
      case "MEDIUMINT", "INT3", "MIDDLEINT" -> whole("mediumint");
      case "INT", "INT4", "INTEGER" -> whole("int");
      case "BIGINT", "INT8", "SERIAL" -> whole("bigint");
      case "DECIMAL", "DEC", "NUMERIC", "FIXED" -> decimal();
      case "FLOAT", "FLOAT4" -> real("float");
      case "DOUBLE", "FLOAT8" -> real("double");
      case "REAL" -> real(dialect.realAsFloat() ? "float" : "double");
      case "BIT" -> bit();
      case "DATE" -> ReadType.of("date");
      case "YEAR" -> whole("year");
      case "TIME", "DATETIME", "TIMESTAMP" -> temporal(lower(word));
      case "BINARY" -> ReadType.of("binary", argumentsOr("(1)"));
      case "VARBINARY" -> ReadType.of("varbinary", argumentsOr(""));
      case "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT" ->
          ReadType.of(lower(word));
      case "BLOB" -> blob();
      case "TEXT" -> ReadType.of("text", argumentsOr(""));
      case "ENUM", "SET" -> ReadType.labelled(lower(word), labels());
      case "JSON" ->
          dialect.mariaDb() ? ReadType.of("longtext").in("utf8mb4") : ReadType.of("json");
      case "GEOMETRY", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING" ->
          ReadType.of(lower(word));
      case "MULTIPOLYGON", "GEOMETRYCOLLECTION", "GEOMCOLLECTION" -> ReadType.of(lower(word));
      case "VECTOR" -> ReadType.of("vector", argumentsOr("(2048)"));
      case "UUID", "INET4", "INET6" -> ReadType.of(lower(word));
      default -> characters(word, token);
    };
  }

  private ReadType characters(String word, Token token) {
    return switch (word) {
      case "CHAR", "CHARACTER" -> in.accept("VARYING") ? varchar() : character();
      case "VARCHAR", "VARCHARACTER" -> varchar();
      case "NVARCHAR" -> varchar().in(NATIONAL);
      case "NCHAR" -> national(in.acceptAny("VARYING", "VARCHAR", "VARCHARACTER"));
      case "NATIONAL" -> national();
      case "LONG" -> longOne();
      default -> throw new DdlException("Expected a column's type but got " + token);
    };
  }

  private ReadType national() {
    if (in.acceptAny("VARCHAR", "VARCHARACTER")) {
      return national(true);
    }
    if (!in.acceptAny("CHAR", "CHARACTER")) {
      throw new DdlException("Expected CHAR or VARCHAR after NATIONAL but got " + in.peek());
    }
    return national(in.accept("VARYING"));
  }

  private ReadType national(boolean varying) {
    return (varying ? varchar() : character()).in(NATIONAL);
  }

  private ReadType character() {
    return ReadType.of("char", argumentsOr("(1)"));
  }

  private ReadType varchar() {
    return ReadType.of("varchar", argumentsOr(""));
  }

  private ReadType longOne() {
    if (in.accept("VARBINARY")) {
      return ReadType.of("mediumblob");
    }
    if (in.acceptAny("CHAR", "CHARACTER")) {
      in.expect("VARYING");
    } else {
      in.acceptAny("VARCHAR", "VARCHARACTER");
    }
    return ReadType.of("mediumtext");
  }

  /** Display widths are dropped, except 1, which stands for BOOLEAN. */
  private ReadType tinyint() {
    return ReadType.of("tinyint", argumentsOr("").equals("(1)") ? "(1)" : "");
  }

  private ReadType whole(String base) {
    argumentsOr("");
    return ReadType.of(base);
  }

  /** The default precision is 10. */
  private ReadType decimal() {
    String given = argumentsOr("(10,0)");
    String both = given.contains(",") ? given : given.replace(")", ",0)");
    return ReadType.of("decimal", both.equals("(0,0)") ? "(10,0)" : both);
  }

  private ReadType bit() {
    String given = argumentsOr("(1)");
    return ReadType.of("bit", given.equals("(0)") ? "(1)" : given);
  }

  private ReadType temporal(String base) {
    String given = argumentsOr("");
    return ReadType.of(base, given.equals("(0)") ? "" : given);
  }

  /** FLOAT(25) and above is DOUBLE; with decimals it stays FLOAT. */
  private ReadType real(String base) {
    in.accept("PRECISION");
    String given = argumentsOr("");
    if (given.isEmpty() || given.contains(",")) {
      return ReadType.of(base, given.equals("(0,0)") ? "" : given);
    }
    return ReadType.of(DeclaredLength.inParentheses(given) > 24 ? "double" : base);
  }

  private ReadType blob() {
    return ReadType.of("blob", argumentsOr(""));
  }

  /** Numbers in parentheses, without spaces. */
  private String argumentsOr(String otherwise) {
    if (!in.peek().isSign('(')) {
      return otherwise;
    }
    StringBuilder text = new StringBuilder("(");
    for (Token token : in.inParentheses()) {
      text.append(token.isSign(',') ? "," : number(token));
    }
    return text.append(')').toString();
  }

  /** Without leading zeros. */
  private static String number(Token token) {
    if (!token.text().matches("[0-9]{1,18}")) {
      throw new DdlException("Expected numbers in a type's parentheses but got " + token);
    }
    return Long.toString(Long.parseLong(token.text()));
  }

  private List<ReadLabel> labels() {
    List<ReadLabel> labels = new ArrayList<>();
    for (List<Token> part : TokenReader.split(in.inParentheses())) {
      labels.add(label(part));
    }
    return labels;
  }

  /** A text, or bytes: 0x61, x'61', 0b01100001, b'01100001'. */
  private static ReadLabel label(List<Token> part) {
    TokenReader reader = new TokenReader(part);
    Token first = reader.next();
    Token second = reader.next();
    if (part.size() == 1 && first.kind() == Token.Kind.TEXT) {
      return ReadLabel.of(first.text());
    }
    String digits = part.size() == 1 ? afterPrefix(first) : second.text();
    boolean prefixed = part.size() == 2 && second.kind() == Token.Kind.TEXT;
    if (part.size() == 1 && first.text().startsWith("0x") || prefixed && first.isWord("X")) {
      return ReadLabel.of(digits, 16);
    }
    if (part.size() == 1 && first.text().startsWith("0b") || prefixed && first.isWord("B")) {
      return ReadLabel.of(digits, 2);
    }
    throw new DdlException("Expected a label but got " + part);
  }

  private static String afterPrefix(Token token) {
    return token.text().length() < 2 ? "" : token.text().substring(2);
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
