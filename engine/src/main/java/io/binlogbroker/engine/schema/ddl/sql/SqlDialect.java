package io.binlogbroker.engine.schema.ddl.sql;

/**
 * The settings for parsing a session's SQL.
 *
 * @param ansiQuotes whether double quotes enclose names
 * @param backslashEscapes whether a backslash in a text is an escape character
 * @param realAsFloat whether REAL means FLOAT
 * @param mariaDb whether the server is MariaDB, which has its own types and version comments
 * @param version as in version comments: 80033, 110405
 * @param explicitTimestamps whether TIMESTAMP columns are nullable by default
 * @param literals the character set that quoted texts are converted to (collation_connection);
 *     empty if unknown
 * @param typeNames the naming scheme of types
 */
public record SqlDialect(
    boolean ansiQuotes,
    boolean backslashEscapes,
    boolean realAsFloat,
    boolean mariaDb,
    int version,
    boolean explicitTimestamps,
    String literals,
    TypeNames typeNames) {
  /** The naming schemes of types, selected by sql_mode. */
  public enum TypeNames {
    /** The server's own. */
    OWN,
    /** MariaDB's sql_mode ORACLE: VARCHAR2, NUMBER, and DATE with a time. */
    ORACLE,
    /** The sql_mode MAXDB: TIMESTAMP is DATETIME. */
    MAXDB
  }

  private static final int FIRST_FOR_MYSQL_ONLY = 50_700;
  private static final int LAST_FOR_MYSQL_ONLY = 99_999;
  private static final int FIRST_WITH_SIX_DIGITS = 80_000;

  /** A session with the server's own types and an unknown character set of literals. */
  public SqlDialect(
      boolean ansiQuotes,
      boolean backslashEscapes,
      boolean realAsFloat,
      boolean mariaDb,
      int version,
      boolean explicitTimestamps) {
    this(
        ansiQuotes,
        backslashEscapes,
        realAsFloat,
        mariaDb,
        version,
        explicitTimestamps,
        "",
        TypeNames.OWN);
  }

  /**
   * The end of a comment's version: five digits, or six if the server supports that.
   *
   * @return {@code from} if there is none and every version executes the comment
   */
  int endOfVersion(byte[] sql, int from) {
    int digits = 0;
    int most = mariaDb || version >= FIRST_WITH_SIX_DIGITS ? 6 : 5;
    while (digits < most && from + digits < sql.length && isDigit(sql[from + digits])) {
      digits++;
    }
    return digits < 5 ? from : from + digits;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * Whether the server executes a comment with this version.
   *
   * @param mariaDbs whether the comment is MariaDB's own kind
   */
  boolean executes(int commentVersion, boolean mariaDbs) {
    boolean foreign =
        mariaDb
            && !mariaDbs
            && commentVersion >= FIRST_FOR_MYSQL_ONLY
            && commentVersion <= LAST_FOR_MYSQL_ONLY;
    return !foreign && commentVersion <= version;
  }
}
