package io.binlogbroker.engine.source.mysql.server;

import java.nio.charset.StandardCharsets;

/** Formats text as an SQL literal. Stateless. */
public final class SqlText {
  private SqlText() {}

  /** The text as a hexadecimal literal, which needs no escaping under any sql_mode. */
  public static String literal(String text) {
    StringBuilder hex = new StringBuilder("CONVERT(X'");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hex.append("%02x".formatted(b));
    }
    return hex.append("' USING utf8)").toString();
  }
}
