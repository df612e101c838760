package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.engine.route.SourceRule;
import io.binlogbroker.engine.route.TableRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of routing rules that is the same in every process and does not reveal their text.
 * Stateless.
 */
final class RulesDigest {
  private RulesDigest() {}

  static String of(SourceConfig source) {
    StringBuilder text = new StringBuilder();
    add(text, source.syncAll());
    add(text, source.snapshot());
    source.blackList().forEach(entry -> add(text, entry));
    source.sources().forEach(rule -> add(text, rule));
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void add(StringBuilder text, SourceRule rule) {
    add(text, "Schema");
    add(text, rule.schema());
    add(text, rule.format());
    add(text, rule.snapshot());
    rule.tables().forEach(table -> add(text, table));
  }

  private static void add(StringBuilder text, TableRule rule) {
    add(text, "Table");
    add(text, rule.table());
    add(text, rule.topic());
    add(text, rule.key());
    add(text, rule.format());
    add(text, rule.columns().include());
    add(text, rule.columns().exclude());
    add(text, new TreeMap<>(rule.mask()));
    add(text, rule.tombstones());
    add(text, rule.snapshot());
    add(text, rule.snapshotWhere());
  }

  /** Includes the length, so that no two lists of parts yield the same text. */
  private static void add(StringBuilder text, @Nullable Object part) {
    String value = String.valueOf(part);
    text.append(value.length()).append(':').append(value).append('\n');
  }
}
