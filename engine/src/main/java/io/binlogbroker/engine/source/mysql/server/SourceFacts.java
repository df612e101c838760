package io.binlogbroker.engine.source.mysql.server;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which server changes are read from, and the settings of it that matter for them. Known since it
 * was opened.
 *
 * @param address host and port
 * @param version such as {@code MySQL 8.0.33}
 * @param gtids whether every transaction has a GTID
 * @param rowImage {@code binlog_row_image}; null where the server has no such setting
 * @param rowMetadata {@code binlog_row_metadata}; null where the server has no such setting
 */
public record SourceFacts(
    String address,
    String version,
    boolean gtids,
    @Nullable String rowImage,
    @Nullable String rowMetadata,
    Instant since) {
  /** Of a server that was just opened. */
  public static SourceFacts of(ServerFacts facts, Instant now) throws IOException {
    return new SourceFacts(
        facts.address(),
        facts.version(),
        facts.hasGtids(),
        facts.variable("binlog_row_image"),
        facts.variable("binlog_row_metadata"),
        now);
  }
}
