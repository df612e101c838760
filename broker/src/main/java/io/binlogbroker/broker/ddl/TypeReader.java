package io.binlogbroker.broker.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the type of a column's definition, in any of the spellings that servers know. */
final class TypeReader {
  private static final String NATIONAL = "utf8mb3";

  private final TokenReader in;
  private final SqlDialect dialect;

  TypeReader(TokenReader in, SqlDialect dialect) {
    this.in = in;
    this.dialect = dialect;
  }

  /**
   * @throws DdlException for a type that is not known
   */
  ReadType read() {
    Token token = in.next();
    String word = token.keyword();
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
      case "BIT" -> ReadType.of("bit", argumentsOr("(1)"));
      case "DATE" -> ReadType.of("date");
      case "YEAR" -> whole("year");
      case "TIME", "DATETIME", "TIMESTAMP" -> ReadType.of(lower(word), argumentsOr(""));
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
      throw new DdlException("Expected CHAR or VARCHAR behind NATIONAL but got " + in.peek());
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

  /** Widths are for show; but 1, which stays, is how people write BOOLEAN. */
  private ReadType tinyint() {
    return ReadType.of("tinyint", argumentsOr("").equals("(1)") ? "(1)" : "");
  }

  private ReadType whole(String base) {
    argumentsOr("");
    return ReadType.of(base);
  }

  private ReadType decimal() {
    String given = argumentsOr("(10,0)");
    return ReadType.of("decimal", given.contains(",") ? given : given.replace(")", ",0)"));
  }

  /** FLOAT(25) and more is a DOUBLE; with decimals it stays what it is. */
  private ReadType real(String base) {
    in.accept("PRECISION");
    String given = argumentsOr("");
    if (given.isEmpty() || given.contains(",")) {
      return ReadType.of(base, given);
    }
    return ReadType.of(
        Integer.parseInt(given.substring(1, given.length() - 1)) > 24 ? "double" : base);
  }

  private ReadType blob() {
    String given = argumentsOr("");
    return given.isEmpty()
        ? ReadType.of("blob")
        : ReadType.blobFor(Long.parseLong(given.substring(1, given.length() - 1)));
  }

  /** Numbers in parentheses, without blanks. */
  private String argumentsOr(String otherwise) {
    if (!in.peek().isSign('(')) {
      return otherwise;
    }
    StringBuilder text = new StringBuilder("(");
    for (Token token : in.inParentheses()) {
      boolean number = !token.text().isEmpty() && token.text().chars().allMatch(Character::isDigit);
      if (!number && !token.isSign(',')) {
        throw new DdlException("Expected numbers in a type's parentheses but got " + token);
      }
      text.append(token.text());
    }
    return text.append(')').toString();
  }

  private List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (List<Token> part : TokenReader.split(in.inParentheses())) {
      if (part.size() != 1 || part.get(0).kind() != Token.Kind.TEXT) {
        throw new DdlException("Expected quoted labels but got " + part);
      }
      labels.add(part.get(0).text().replaceAll(" +$", ""));
    }
    return labels;
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
