package io.binlogbroker.engine.schema.ddl.sql;

import java.util.List;

/**
 * A statement of the log, with what of its session decides about its meaning.
 *
 * @param schema the session's default
 * @param text in the session's character set
 * @param serverCharset default of a database that is created without one; empty when not told
 * @param temporary whether it uses temporary tables, which may hide others of their names
 */
public record LoggedStatement(
    String schema,
    StatementText text,
    String serverCharset,
    SqlDialect dialect,
    boolean temporary) {
  /** A statement without temporary tables, in UTF-8. */
  public LoggedStatement(String schema, String sql, String serverCharset, SqlDialect dialect) {
    this(schema, StatementText.of(sql), serverCharset, dialect, false);
  }

  /** Its text, decoded. */
  public String sql() {
    return text.toString();
  }

  /**
   * @throws DdlException when a quoted text or name has no end
   */
  public List<Token> tokens() {
    return SqlLexer.tokens(text, dialect);
  }

  /**
   * Its first word in upper case, behind what MariaDB sets for it alone; empty when it begins with
   * none. Reads no more of a long statement than that.
   *
   * @throws DdlException when a quoted text or name before it has no end
   */
  public String verb() {
    return words().next().keyword();
  }

  /** The same for a message, in which no other part of it may stand. */
  public String verbForPeople() {
    try {
      String verb = verb();
      return verb.matches("[A-Z]{1,20}") ? verb : "a statement that begins with no known word";
    } catch (DdlException e) {
      return "a statement that could not be read";
    }
  }

  /**
   * Its tokens one by one, from that first word on.
   *
   * @throws DdlException when a quoted text or name before it has no end
   */
  public SqlLexer words() {
    return new SqlLexer(text, dialect).behindSettings();
  }

  /** Whether rows follow it in its transaction: those of MySQL's CREATE TABLE ... SELECT. */
  public boolean announcesRows() {
    try {
      List<Token> tokens = verb().equals("CREATE") ? tokens() : List.of();
      int count = tokens.size();
      return count > 2
          && tokens.get(count - 2).isWord("START")
          && tokens.get(count - 1).isWord("TRANSACTION");
    } catch (DdlException e) {
      return false;
    }
  }

  /** What may be a name in it, even where not all of its tokens can be told. */
  public List<Token> namesAndWords() {
    List<Token> found = SqlLexer.words(text, dialect);
    try {
      found.addAll(tokens());
    } catch (DdlException e) {
      return found; // without a quoted one that has no end, and those behind it
    }
    return found;
  }

  /** Whether all it changes are temporary tables: by ALTER or RENAME, behind comments. */
  public boolean altersTemporary() {
    if (!temporary) {
      return false;
    }
    try {
      TokenReader in = new TokenReader(tokens());
      in.skipSetStatement();
      return in.acceptAny("ALTER", "RENAME");
    } catch (DdlException e) {
      return false; // Then nobody knows what it does.
    }
  }

  /** Whether it looks like SHOW CREATE TABLE, as what servers write by themselves does. */
  public boolean isShown() {
    return text.isShownTable();
  }

  /** The statement for people: one line, cut off. */
  public String brief() {
    return text.brief();
  }
}
