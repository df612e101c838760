package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the clauses of an ALTER TABLE. Used once. */
public final class AlterReader {
  private static final Set<String> KEYS =
      Set.of("INDEX", "KEY", "FULLTEXT", "SPATIAL", "UNIQUE", "FOREIGN", "CHECK");

  /** Clauses and options that do not change columns; options may name a character set. */
  private static final Set<String> OPTIONS =
      Set.of(
          "ENGINE",
          "TYPE",
          "AUTO_INCREMENT",
          "AVG_ROW_LENGTH",
          "CHECKSUM",
          "TABLE_CHECKSUM",
          "COMMENT",
          "COMPRESSION",
          "CONNECTION",
          "DATA",
          "INDEX",
          "DELAY_KEY_WRITE",
          "ENCRYPTION",
          "ENGINE_ATTRIBUTE",
          "INSERT_METHOD",
          "KEY_BLOCK_SIZE",
          "MAX_ROWS",
          "MIN_ROWS",
          "PACK_KEYS",
          "PASSWORD",
          "ROW_FORMAT",
          "SECONDARY_ENGINE",
          "SECONDARY_ENGINE_ATTRIBUTE",
          "STATS_AUTO_RECALC",
          "STATS_PERSISTENT",
          "STATS_SAMPLE_PAGES",
          "TABLESPACE",
          "STORAGE",
          "UNION",
          "DEFAULT",
          "CHARACTER",
          "CHAR",
          "CHARSET",
          "COLLATE",
          "ALGORITHM",
          "LOCK",
          "FORCE",
          "WITH",
          "WITHOUT",
          "DISABLE",
          "ENABLE",
          "DISCARD",
          "IMPORT",
          "PARTITION",
          "START",
          "AUTOEXTEND_SIZE",
          "PAGE_CHECKSUM",
          "PAGE_COMPRESSED",
          "PAGE_COMPRESSION_LEVEL",
          "TRANSACTIONAL",
          "ENCRYPTED",
          "ENCRYPTION_KEY_ID",
          "ITEF_QUOTES",
          "SECONDARY_LOAD",
          "SECONDARY_UNLOAD",
          "NOWAIT",
          "WAIT",
          "ORDER",
          "SEQUENCE");

  /** Partition operations are single clauses with a comma-separated list. */
  private static final Set<String> OF_PARTITIONS =
      Set.of(
          "TRUNCATE",
          "COALESCE",
          "REORGANIZE",
          "EXCHANGE",
          "ANALYZE",
          "CHECK",
          "OPTIMIZE",
          "REBUILD",
          "REPAIR",
          "REMOVE",
          "UPGRADE");

  private final SqlDialect dialect;
  private final Supplier<String> charset;
  private final Supplier<String> schemaCharset;
  private final AlterPlan plan;
  private boolean ended;

  /**
   * @param charset the table's default before the statement
   * @param schemaCharset its schema's default
   */
  public AlterReader(SqlDialect dialect, Supplier<String> charset, Supplier<String> schemaCharset) {
    this.dialect = dialect;
    this.plan = new AlterPlan(dialect);
    this.charset = charset;
    this.schemaCharset = schemaCharset;
  }

  /**
   * @throws DdlException for an unknown clause
   */
  public AlterPlan read(List<List<Token>> clauses) {
    for (List<Token> clause : clauses) {
      readCharset(clause);
    }
    plan.charset = tableCharsetAfter();
    for (List<Token> clause : clauses) {
      if (!ended && !clause.isEmpty()) {
        read(new TokenReader(clause));
        plan.requirePossible();
      }
    }
    return plan;
  }

  /** It applies to all columns of the statement, wherever it is. */
  private void readCharset(List<Token> clause) {
    TokenReader in = new TokenReader(clause);
    if (in.accept("CONVERT", "TO")) {
      plan.converted = TableOptions.charset(clause);
      if (plan.converted == null) {
        throw new DdlException("CONVERT TO names no character set");
      }
    } else if (OPTIONS.contains(in.peek().keyword()) && !in.peek().isWord("ORDER")) {
      String option = TableOptions.charset(clause);
      boolean ofSchema = option == null && TableOptions.isDefault(clause);
      String named = ofSchema ? schemaCharset.get() : option;
      plan.charset = named == null ? plan.charset : named;
    }
  }

  /** MySQL refuses or ignores another default together with CONVERT TO; MariaDB does not. */
  private @Nullable String tableCharsetAfter() {
    boolean own = plan.converted == null || dialect.mariaDb() && plan.charset != null;
    return own ? plan.charset : plan.converted;
  }

  private String tableCharset() {
    return plan.charset == null ? charset.get() : plan.charset;
  }

  private void read(TokenReader in) {
    String word = in.peek().keyword();
    switch (word) {
      case "ADD" -> add(in);
      case "DROP" -> drop(in);
      case "CHANGE", "MODIFY" -> change(in, word.equals("CHANGE"));
      case "RENAME" -> renameColumn(in);
      case "ALTER", "CONVERT" -> {
        // A default, a visibility, an index; CONVERT has already been read.
      }
      case "ORDER", "PARTITION" -> ended = true;
      default -> other(word, in);
    }
  }

  private void other(String word, TokenReader in) {
    ended = OF_PARTITIONS.contains(word);
    if (!ended && !OPTIONS.contains(word)) {
      throw new DdlException("Expected a clause of ALTER TABLE but got " + in.peek());
    }
  }

  private void add(TokenReader in) {
    in.next();
    if (in.accept("SYSTEM", "VERSIONING") || in.accept("PERIOD", "FOR")) {
      throw new DdlException("System versioning adds hidden columns");
    }
    if (in.accept("PARTITION")) {
      ended = true;
      return;
    }
    boolean column = in.accept("COLUMN");
    boolean tolerant = in.acceptIfNotExists();
    if (in.peek().isSign('(')) {
      for (List<Token> item : TokenReader.split(in.inParentheses())) {
        addOne(new TokenReader(item), tolerant, false);
      }
    } else {
      addOne(in, tolerant, column);
    }
  }

  private void addOne(TokenReader in, boolean tolerant, boolean column) {
    if (!column && KeyReader.isNext(in)) {
      plan.keys.add(KeyReader.unique(in, dialect.mariaDb()));
      return;
    }
    ReadColumn read = column(in);
    plan.columns.add(
        new AlterPlan.Placed(null, read, read.column().name(), position(in), tolerant));
  }

  /** Its key is created even if MariaDB skips the column because of IF NOT EXISTS. */
  private ReadColumn column(TokenReader in) {
    ReadColumn read = new ColumnReader(in, dialect, this::tableCharset, plan.converted).read();
    plan.keys.addInline(read);
    return read;
  }

  private void drop(TokenReader in) {
    in.next();
    if (in.accept("PRIMARY", "KEY")) {
      plan.droppedKeys.add(TableKey.PRIMARY);
    } else if (in.accept("PARTITION")) {
      ended = true;
    } else if (in.accept("SYSTEM", "VERSIONING") || in.accept("PERIOD", "FOR")) {
      throw new DdlException("System versioning has hidden columns");
    } else if (in.acceptAny("INDEX", "KEY", "CONSTRAINT")) {
      in.acceptIfExists();
      plan.droppedKeys.add(in.name());
    } else if (!KEYS.contains(in.peek().keyword())) {
      in.accept("COLUMN");
      boolean tolerant = in.acceptIfExists();
      plan.drops.add(new AlterPlan.Drop(in.column(), tolerant));
    }
  }

  private void change(TokenReader in, boolean named) {
    in.next();
    in.accept("COLUMN");
    boolean tolerant = in.acceptIfExists();
    String old = named ? in.column() : null;
    ReadColumn read = column(in);
    String name = read.column().name();
    plan.columns.add(
        new AlterPlan.Placed(old == null ? name : old, read, name, position(in), tolerant));
  }

  /** RENAME of the table itself does not change columns. */
  private void renameColumn(TokenReader in) {
    in.next();
    if (in.acceptAny("INDEX", "KEY")) {
      in.acceptIfExists();
      String old = in.name();
      in.expect("TO");
      plan.renamedKeys.put(old, in.name());
    } else if (in.accept("COLUMN")) {
      boolean tolerant = in.acceptIfExists();
      String old = in.column();
      in.expect("TO");
      plan.columns.add(new AlterPlan.Placed(old, null, in.name(), null, tolerant));
    }
  }

  private static @Nullable String position(TokenReader in) {
    if (in.accept("FIRST")) {
      return AlterPlan.FIRST;
    }
    return in.accept("AFTER") ? in.name() : null;
  }
}
