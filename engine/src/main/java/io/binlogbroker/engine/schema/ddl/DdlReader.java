package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlLexer;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import io.binlogbroker.engine.schema.ddl.table.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a statement of the log as far as it affects column lists. Used once. */
public final class DdlReader {
  private static final Set<String> VERBS = Set.of("CREATE", "ALTER", "DROP", "RENAME");

  private final LoggedStatement statement;
  private final boolean lowerCase;
  private final List<Token> tokens;
  private final TokenReader in;

  private DdlReader(LoggedStatement statement, boolean lowerCase) {
    this.statement = statement;
    this.lowerCase = lowerCase;
    this.tokens = upToEnd(statement.tokens());
    this.in = new TokenReader(tokens);
  }

  /**
   * @param lowerCase whether the server's names are case-insensitive
   * @return null for a statement that changes no column list
   */
  public static @Nullable Ddl read(LoggedStatement statement, boolean lowerCase) {
    try {
      if (!VERBS.contains(statement.verb())) {
        return null;
      }
      return new DdlReader(statement, lowerCase).read();
    } catch (DdlException e) {
      return unreadable(statement, String.valueOf(e.getMessage()));
    }
  }

  /** Ends at a semicolon, which a comment may follow. */
  private static List<Token> upToEnd(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isSign(';')) {
        return tokens.subList(0, i);
      }
    }
    return tokens;
  }

  /** If a statement cannot be parsed, every word and name in it may be a table's. */
  private static Ddl unreadable(LoggedStatement statement, String fault) {
    return new Unreadable(statement.namesAndWords(), fault, statement);
  }

  private @Nullable Ddl read() {
    in.skipSetStatement();
    return switch (in.next().keyword()) {
      case "CREATE" -> create();
      case "ALTER" -> alter();
      case "DROP" -> drop();
      case "RENAME" -> in.acceptAny("TABLE", "TABLES") ? rename() : null;
      default -> null;
    };
  }

  private @Nullable Ddl create() {
    boolean orReplace = in.accept("OR", "REPLACE");
    if (in.acceptAny("DATABASE", "SCHEMA")) {
      return schema(true);
    }
    if (in.accept("UNIQUE", "INDEX")) {
      return createUnique(orReplace);
    }
    if (!in.accept("TABLE")) {
      return null; // TEMPORARY, for example
    }
    boolean filled = CreateQuery.isIn(in.ahead());
    boolean ifNotExists = in.acceptIfNotExists();
    TableName name = table();
    boolean wrapped = in.peek().isSign('(') && in.peek(1).isWord("LIKE");
    if (wrapped) {
      in.next();
    }
    if (in.accept("LIKE")) {
      if (statement.temporary()) {
        throw new DdlException("LIKE may refer to a temporary table");
      }
      return new CreateLike(name, table(), orReplace, ifNotExists, statement);
    }
    if (filled) {
      throw new DdlException("its query adds columns that the statement does not name");
    }
    List<List<Token>> items = TokenReader.split(in.inParentheses());
    return new CreateTable(name, orReplace, ifNotExists, items, remaining(), statement);
  }

  private List<Token> remaining() {
    List<Token> rest = new ArrayList<>();
    while (!in.atEnd()) {
      rest.add(in.next());
    }
    return rest;
  }

  private @Nullable Ddl alter() {
    in.acceptAny("ONLINE", "OFFLINE");
    in.accept("IGNORE");
    if (in.acceptAny("DATABASE", "SCHEMA")) {
      return schema(false);
    }
    if (!in.accept("TABLE")) {
      return null;
    }
    in.acceptIfExists();
    TableName name = table();
    in.skipWait();
    List<List<Token>> clauses = in.rest();
    MovePartition move = movePartition(name, clauses.get(0));
    return move != null ? move : new AlterTable(name, newName(clauses), clauses, statement);
  }

  /** MariaDB converts a partition to a table, or a table to a partition. */
  private @Nullable MovePartition movePartition(TableName name, List<Token> clause) {
    TokenReader reader = new TokenReader(clause);
    if (reader.accept("CONVERT", "TABLE")) {
      return new MovePartition(name, cased(reader.table(statement.schema())), false, statement);
    }
    if (!reader.accept("CONVERT", "PARTITION")) {
      return null;
    }
    reader.name();
    reader.expect("TO");
    reader.expect("TABLE");
    return new MovePartition(name, cased(reader.table(statement.schema())), true, statement);
  }

  private @Nullable TableName newName(List<List<Token>> clauses) {
    for (List<Token> clause : clauses) {
      TokenReader reader = new TokenReader(clause);
      if (reader.accept("RENAME") && !reader.acceptAny("COLUMN", "INDEX", "KEY")) {
        if (!reader.acceptAny("TO", "AS")) {
          reader.acceptSign('=');
        }
        return cased(reader.table(statement.schema()));
      }
    }
    return null;
  }

  private @Nullable Ddl schema(boolean create) {
    boolean ifNotExists = in.acceptIfNotExists();
    boolean named = in.peek().isNaming() && !isOption(in.peek());
    String schema = cased(new TableName(named ? in.name() : statement.schema(), "")).schema();
    List<Token> options = remaining();
    String charset = TableOptions.charset(options);
    boolean byDefault = charset == null && (create || TableOptions.isDefault(options));
    String ofServer = statement.serverCharset().isEmpty() ? null : statement.serverCharset();
    String known = byDefault ? ofServer : charset;
    return byDefault || charset != null
        ? new SetSchemaCharset(schema, known, create, ifNotExists, statement)
        : null;
  }

  /** ALTER DATABASE may omit the name. */
  private static boolean isOption(Token token) {
    return switch (token.keyword()) {
      case "DEFAULT", "CHARACTER", "CHAR", "CHARSET", "COLLATE", "ENCRYPTION", "COMMENT", "READ" ->
          true;
      default -> false;
    };
  }

  private @Nullable Ddl drop() {
    if (in.acceptAny("DATABASE", "SCHEMA")) {
      in.acceptIfExists();
      return new DropSchema(cased(new TableName(in.name(), "")).schema(), statement);
    }
    if (in.accept("INDEX")) {
      return dropIndex();
    }
    if (!in.acceptAny("TABLE", "TABLES")) {
      return null;
    }
    in.acceptIfExists();
    List<TableName> names = new ArrayList<>();
    names.add(table());
    while (in.acceptSign(',')) {
      names.add(table());
    }
    return new DropTables(names, statement);
  }

  private Ddl createUnique(boolean orReplace) {
    List<Token> clause = new ArrayList<>(SqlLexer.tokens("ADD UNIQUE KEY", statement.dialect()));
    if (in.acceptIfNotExists()) {
      clause.addAll(SqlLexer.tokens("IF NOT EXISTS", statement.dialect()));
    }
    List<Token> replaced =
        new ArrayList<>(SqlLexer.tokens("DROP KEY IF EXISTS", statement.dialect()));
    replaced.add(in.peek());
    while (!in.peek().isWord("ON")) {
      clause.add(required());
    }
    in.expect("ON");
    TableName name = table();
    while (!in.atEnd() && !in.peek().isWord("ALGORITHM") && !in.peek().isWord("LOCK")) {
      clause.add(in.next());
    }
    List<List<Token>> clauses = orReplace ? List.of(replaced, clause) : List.of(clause);
    return new AlterTable(name, null, clauses, statement);
  }

  private Token required() {
    if (in.atEnd()) {
      throw new DdlException("Expected ON but got the end");
    }
    return in.next();
  }

  /** The primary key is also an index. */
  private Ddl dropIndex() {
    in.acceptIfExists();
    List<Token> clause = new ArrayList<>(SqlLexer.tokens("DROP KEY", statement.dialect()));
    clause.add(in.next());
    in.expect("ON");
    return new AlterTable(table(), null, List.of(clause), statement);
  }

  private Ddl rename() {
    in.acceptIfExists();
    List<RenameTables.Pair> pairs = new ArrayList<>();
    do {
      TableName from = table();
      in.skipWait();
      in.expect("TO");
      pairs.add(new RenameTables.Pair(from, table()));
    } while (in.acceptSign(','));
    return new RenameTables(pairs, statement);
  }

  private TableName table() {
    return cased(in.table(statement.schema()));
  }

  private TableName cased(TableName name) {
    return lowerCase ? name.lowerCase() : name;
  }
}
