package io.binlogbroker.engine.schema.ddl.sql;

/**
 * How a session's SQL is to be read.
 *
 * @param ansiQuotes whether double quotes hold names
 * @param backslashEscapes whether a backslash in a text escapes what follows it
 * @param realAsFloat whether REAL means FLOAT
 * @param mariaDb whose comments with a version, and whose types, are its own
 * @param version as comments with a version compare it: 80033, 110405
 * @param explicitTimestamps whether TIMESTAMP columns are NULL unless they say otherwise
 * @param literals the character set that a text between quotes is converted to before it is used
 *     (collation_connection); empty when it is not known
 * @param typeNames whose names of types are meant
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
  /** Whose types a session's sql_mode gives names to. */
  public enum TypeNames {
    /** The server's. */
    OWN,
    /** MariaDB's sql_mode ORACLE: VARCHAR2, NUMBER, and DATE with a time. */
    ORACLE,
    /** The sql_mode MAXDB: TIMESTAMP is DATETIME. */
    MAXDB
  }

  private static final int FIRST_FOR_MYSQL_ONLY = 50_700;
  private static final int LAST_FOR_MYSQL_ONLY = 99_999;
  private static final int FIRST_WITH_SIX_DIGITS = 80_000;

  /** A session with types of the server's own, whose literals' character set is not known. */
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
   * Where the version of a comment ends: five digits, or six where the server knows of such.
   *
   * @return {@code from} when there is none, and the comment is executed by every version
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
   * Whether the server executes what a comment with such a version holds.
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
