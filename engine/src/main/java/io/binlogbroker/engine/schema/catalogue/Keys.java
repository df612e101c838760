package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.TableName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the catalogue's entries: letters, digits and a few signs, which every store accepts.
 */
final class Keys {
  static final String HEAD = "head";
  static final String TABLES = "table.";
  static final String PARKED = "parked.";

  private Keys() {}

  static String of(TableName name) {
    return ofSchema(name.schema()) + escaped(name.table());
  }

  static String ofSchema(String schema) {
    return TABLES + escaped(schema) + ".";
  }

  static String parked(TableName name) {
    return PARKED + escaped(name.schema()) + "." + escaped(name.table());
  }

  static TableName table(String key) {
    String[] names = key.substring(TABLES.length()).split("\\.", -1);
    return new TableName(unescaped(names[0]), unescaped(names[1]));
  }

  /** The dot separates names, and an asterisk is inconvenient in a file name. */
  private static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E").replace("*", "%2A");
  }

  private static String unescaped(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }
}
