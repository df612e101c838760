package io.binlogbroker.broker.ddl;

/**
 * A statement of the log, with what of its session decides about its meaning.
 *
 * @param schema the session's default
 * @param sql its text, decoded by the session's character set
 * @param serverCharset default of a database that is created without one; empty when not told
 */
public record LoggedStatement(String schema, String sql, String serverCharset, SqlDialect dialect) {
  private static final int SHOWN = 200;

  /** The statement for people: one line, cut off. */
  public String brief() {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
