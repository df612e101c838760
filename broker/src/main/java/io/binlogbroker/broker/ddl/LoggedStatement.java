package io.binlogbroker.broker.ddl;

import java.util.regex.Pattern;

/**
 * A statement of the log, with what of its session decides about its meaning.
 *
 * @param schema the session's default
 * @param sql its text, decoded by the session's character set
 * @param serverCharset default of a database that is created without one; empty when not told
 * @param temporary whether it uses temporary tables, which may hide others of their names
 */
public record LoggedStatement(
    String schema, String sql, String serverCharset, SqlDialect dialect, boolean temporary) {
  private static final Pattern AS_SHOWN = Pattern.compile("[`\"] \\(\n  [`\"]");
  private static final int SHOWN = 200;

  /** A statement without temporary tables. */
  public LoggedStatement(String schema, String sql, String serverCharset, SqlDialect dialect) {
    this(schema, sql, serverCharset, dialect, false);
  }

  /** Whether all it changes are temporary tables: by ALTER or RENAME, behind comments. */
  public boolean altersTemporary() {
    if (!temporary) {
      return false;
    }
    try {
      TokenReader in = new TokenReader(SqlLexer.tokens(sql, dialect));
      in.skipSetStatement();
      return in.acceptAny("ALTER", "RENAME");
    } catch (DdlException e) {
      return false; // Then nobody knows what it does.
    }
  }

  /** Whether it looks like SHOW CREATE TABLE, as what servers write by themselves does. */
  boolean isShown() {
    return AS_SHOWN.matcher(sql).find();
  }

  /** The statement for people: one line, cut off. */
  public String brief() {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
