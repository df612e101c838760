package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the schemas that a DDL statement affects. Used once. */
final class SchemaStatementReader {
  private static final Set<String> VERBS = Set.of("CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE");

  private static final Set<String> OBJECTS =
      Set.of("TABLE", "TABLES", "INDEX", "DATABASE", "SCHEMA");

  /** MySQL's mark that the rows of CREATE TABLE ... SELECT follow. */
  private static final String ROWS_FOLLOW = " START TRANSACTION";

  private static final String[] KINDS_OF_INDEX = {"UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR"};

  private final LoggedStatement statement;
  private final TokenReader in;
  private final Set<String> schemas = new LinkedHashSet<>();

  private SchemaStatementReader(LoggedStatement statement, List<Token> tokens) {
    this.statement = statement;
    this.in = new TokenReader(tokens);
  }

  static @Nullable SchemaStatement read(LoggedStatement statement) {
    try {
      if (!VERBS.contains(statement.verb())) {
        return null;
      }
      List<Token> tokens = statement.tokens();
      SchemaStatementReader reader = new SchemaStatementReader(statement, tokens);
      return reader.read()
          ? of(statement, reader.schemas, SensitiveDdl.isIn(tokens) ? "a password" : null)
          : null;
    } catch (DdlException e) {
      return mayBeDdl(statement)
          ? of(statement, Set.of(statement.schema()), "unreadable text")
          : null;
    }
  }

  private static boolean mayBeDdl(LoggedStatement statement) {
    boolean verb = false;
    for (Token word : statement.namesAndWords()) {
      verb |= VERBS.contains(word.keyword());
      if (verb && OBJECTS.contains(word.keyword())) {
        return true;
      }
    }
    return false;
  }

  private static SchemaStatement of(
      LoggedStatement statement, Set<String> schemas, @Nullable String secret) {
    String sql =
        secret == null
            ? withoutMark(statement)
            : "/* omitted: a DDL statement that may contain " + secret + " */";
    return new SchemaStatement(schemas.iterator().next(), schemas, statement.schema(), sql);
  }

  private static String withoutMark(LoggedStatement statement) {
    String sql = statement.sql();
    boolean marked = sql.endsWith(ROWS_FOLLOW) && statement.isFollowedByRows();
    return marked ? sql.substring(0, sql.length() - ROWS_FOLLOW.length()) : sql;
  }

  private boolean read() {
    in.skipSetStatement();
    String verb = in.next().keyword();
    return switch (verb) {
      case "CREATE", "ALTER", "DROP" -> readObject();
      case "RENAME" -> in.acceptAny("TABLE", "TABLES") && renamed();
      case "TRUNCATE" -> truncated();
      default -> false;
    };
  }

  private boolean readObject() {
    in.accept("OR", "REPLACE");
    in.acceptAny("ONLINE", "OFFLINE");
    in.accept("IGNORE");
    in.acceptAny(KINDS_OF_INDEX);
    if (in.acceptAny("DATABASE", "SCHEMA")) {
      return schema();
    }
    if (in.accept("INDEX")) {
      return index();
    }
    return in.acceptAny("TABLE", "TABLES") && tables();
  }

  /** ALTER DATABASE may omit the name. */
  private boolean schema() {
    skipConditions();
    boolean named = in.peek().isNaming() && !isOption(in.peek());
    schemas.add(named ? in.name() : statement.schema());
    return true;
  }

  private static boolean isOption(Token token) {
    return switch (token.keyword()) {
      case "DEFAULT", "CHARACTER", "CHAR", "CHARSET", "COLLATE", "ENCRYPTION", "COMMENT", "READ" ->
          true;
      default -> false;
    };
  }

  private boolean index() {
    while (!in.atEnd() && !in.accept("ON")) {
      in.next();
    }
    return table();
  }

  /**
   * Further tables of DROP TABLE, the new name of ALTER TABLE ... RENAME, or the table that
   * partitions are exchanged with.
   */
  private boolean tables() {
    skipConditions();
    table();
    while (in.acceptSign(',')) {
      table();
    }
    while (!in.atEnd()) {
      if (in.accept("RENAME") && !in.acceptAny("COLUMN", "INDEX", "KEY")) {
        newName();
      } else if (isOtherTableNext()) {
        table();
      }
      in.next();
    }
    return true;
  }

  private boolean isOtherTableNext() {
    return in.accept("CONVERT", "TABLE") || in.accept("TO", "TABLE") || in.accept("WITH", "TABLE");
  }

  private void newName() {
    if (!in.acceptAny("TO", "AS")) {
      in.acceptSign('=');
    }
    table();
  }

  private boolean renamed() {
    in.acceptIfExists();
    do {
      table();
      in.skipWait();
      in.expect("TO");
      table();
    } while (in.acceptSign(','));
    return true;
  }

  private boolean truncated() {
    in.accept("TABLE");
    return table();
  }

  private void skipConditions() {
    if (!in.acceptIfNotExists()) {
      in.acceptIfExists();
    }
  }

  private boolean table() {
    schemas.add(in.table(statement.schema()).schema());
    return true;
  }
}
