package io.binlogbroker.broker.ddl;

/**
 * How a session's SQL is to be read.
 *
 * @param ansiQuotes whether double quotes hold names
 * @param backslashEscapes whether a backslash in a text escapes what follows it
 * @param realAsFloat whether REAL means FLOAT
 * @param mariaDb whose comments with a version, and whose types, are its own
 * @param version as comments with a version compare it: 80033, 110405
 * @param explicitTimestamps whether TIMESTAMP columns are NULL unless they say otherwise
 */
public record SqlDialect(
    boolean ansiQuotes,
    boolean backslashEscapes,
    boolean realAsFloat,
    boolean mariaDb,
    int version,
    boolean explicitTimestamps) {
  private static final int FIRST_FOR_MYSQL_ONLY = 50_700;
  private static final int LAST_FOR_MYSQL_ONLY = 99_999;

  /** Whether the server executes what a comment with such a version holds. */
  boolean executes(int commentVersion) {
    boolean foreign =
        mariaDb && commentVersion >= FIRST_FOR_MYSQL_ONLY && commentVersion <= LAST_FOR_MYSQL_ONLY;
    return !foreign && commentVersion <= version;
  }
}
