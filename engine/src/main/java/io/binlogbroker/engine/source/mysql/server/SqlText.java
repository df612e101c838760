package io.binlogbroker.engine.source.mysql.server;

import java.nio.charset.StandardCharsets;

/** Writes a text into a statement. Stateless. */
public final class SqlText {
  private SqlText() {}

  /** As a hexadecimal literal, which needs no escaping under any sql_mode. */
  public static String literal(String text) {
    StringBuilder hex = new StringBuilder("CONVERT(X'");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hex.append("%02x".formatted(b));
    }
    return hex.append("' USING utf8)").toString();
  }
}
