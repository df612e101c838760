package io.binlogbroker.engine.schema.ddl.sql;

import java.util.List;

/**
 * A statement of the log with the session settings that affect its meaning.
 *
 * @param schema the session's default
 * @param text in the session's character set
 * @param serverCharset default character set of new databases; empty if unknown
 * @param temporary whether it uses temporary tables, which may hide tables with the same names
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
   * @throws DdlException when a quoted text or name is not closed
   */
  public List<Token> tokens() {
    return SqlLexer.tokens(text, dialect);
  }

  /**
   * Its first word in upper case, after MariaDB's SET STATEMENT ... FOR; empty if it does not start
   * with a word. Does not read the rest of a long statement.
   *
   * @throws DdlException when a quoted text or name before it is not closed
   */
  public String verb() {
    return words().next().keyword();
  }

  /** The verb for a message that must not contain any other part of the statement. */
  public String verbForMessage() {
    try {
      String verb = verb();
      return verb.matches("[A-Z]{1,20}") ? verb : "a statement without a known verb";
    } catch (DdlException e) {
      return "an unreadable statement";
    }
  }

  /**
   * Its tokens one by one, from the verb on.
   *
   * @throws DdlException when a quoted text or name before it is not closed
   */
  public SqlLexer words() {
    return new SqlLexer(text, dialect).skipSettings();
  }

  /** Whether rows follow it in the same transaction, as after MySQL's CREATE TABLE ... SELECT. */
  public boolean isFollowedByRows() {
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

  /** Everything in it that may be a name, even if not all of its tokens can be read. */
  public List<Token> namesAndWords() {
    List<Token> found = SqlLexer.words(text, dialect);
    try {
      found.addAll(tokens());
    } catch (DdlException e) {
      return found; // without an unclosed quoted one and those after it
    }
    return found;
  }

  /** Whether it changes only temporary tables, by ALTER or RENAME, possibly after comments. */
  public boolean altersTemporary() {
    if (!temporary) {
      return false;
    }
    try {
      TokenReader in = new TokenReader(tokens());
      in.skipSetStatement();
      return in.acceptAny("ALTER", "RENAME");
    } catch (DdlException e) {
      return false; // Then its effect is unknown.
    }
  }

  /** Whether it looks like SHOW CREATE TABLE's output, as statements written by the server do. */
  public boolean isShown() {
    return text.isShownTable();
  }

  /** The statement for messages: one line, truncated. */
  public String brief() {
    return text.brief();
  }
}
