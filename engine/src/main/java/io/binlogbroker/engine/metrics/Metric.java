package io.binlogbroker.engine.metrics;

import java.util.List;

/** Everything that is measured of a group; {@code docs/metrics.md} explains each. */
public enum Metric {
  ROWS(Kind.COUNTER, "rows", "Rows handed to the sink", "schema", "table", "action"),
  BYTES(
      Kind.COUNTER,
      "bytes",
      "Bytes of keys and values handed to the sink",
      "schema",
      "table",
      "action"),
  ROWS_WITHOUT_KEY(
      Kind.COUNTER,
      "rows.without.key",
      "Rows whose key columns the log does not contain, so that the key is the table's name"),
  TRIMMED_ROWS(Kind.COUNTER, "rows.trimmed", "Rows delivered without their largest columns"),
  DEAD_LETTERED_ROWS(
      Kind.COUNTER,
      "rows.dead.lettered",
      "Rows too large for their topic that were sent in pieces to the dead-letter topic"),
  REPLACED_TEXTS(
      Kind.COUNTER,
      "texts.replaced",
      "Texts that were delivered with replaced characters, since they are not valid in their"
          + " character set"),
  COMMIT_TIME(Kind.HISTOGRAM, "commit", "Time from a commit's start until it is durable"),
  DELIVERY_DELAY(
      Kind.HISTOGRAM,
      "delivery.delay",
      "Time from the receipt of a commit's oldest row until the commit is durable"),
  SEND_QUEUE_BYTES(
      Kind.GAUGE,
      "send.queue.bytes",
      "Bytes of messages that are encoded and not yet passed to Kafka's client"),
  KAFKA_BUFFER_BYTES(
      Kind.GAUGE, "kafka.buffer.bytes", "Bytes of the buffers of Kafka's client that are in use"),
  SECONDS_BEHIND(
      Kind.GAUGE,
      "source.seconds.behind",
      "Age of the oldest transaction that is read and not committed; 0 when there is none"),
  SECONDS_SINCE_EVENT(
      Kind.GAUGE,
      "source.seconds.since.event",
      "Seconds since the source sent an event, heartbeats included; NaN before the first"),
  BYTES_BEHIND(
      Kind.GAUGE,
      "source.bytes.behind",
      "Bytes of log between the committed position and the source's end; NaN while not known"),
  SECONDS_TO_PURGE(
      Kind.GAUGE,
      "source.seconds.to.purge",
      "Seconds until the source purges the log file of the committed position, at the earliest; NaN"
          + " when it purges none, and while not known"),
  COMMITTED_FILE(
      Kind.GAUGE, "committed.file", "Number in the name of the binary log file committed last"),
  COMMITTED_OFFSET(Kind.GAUGE, "committed.offset", "Offset in that file of the committed position"),
  RECONNECTS(
      Kind.COUNTER,
      "source.reconnects",
      "How often reading from the source was restarted",
      "cause"),
  RETRIES(
      Kind.COUNTER,
      "retries",
      "Failures after which everything is opened again, failed attempts included"),
  MASTER(Kind.GAUGE, "master", "1 on the group's master, 0 on a standby"),
  STANDBY(Kind.GAUGE, "standby", "1 on a broker that watches another one, which is master"),
  TERMS(Kind.COUNTER, "terms", "How often this broker has become master"),
  PAUSED(Kind.GAUGE, "paused", "1 on a master whose delivery an operator has paused, otherwise 0"),
  CONFIG_APPLIED_REVISION(
      Kind.GAUGE, "config.applied.revision", "Revision of the configuration in use"),
  CONFIG_REFUSED_REVISION(
      Kind.GAUGE,
      "config.refused.revision",
      "Revision of a newer configuration that was refused; 0 for none"),
  CONFIG_REFUSALS(Kind.COUNTER, "config.refusals", "Newer configurations that were refused"),
  GAPS(
      Kind.COUNTER,
      "gaps",
      "Lost positions that were replaced by another one: changes may be missing"),
  STATEMENT_EVENTS(
      Kind.COUNTER,
      "statement.events",
      "Changes of delivered schemas in statement format, which have no rows in the log"),
  PARKED_TABLES(
      Kind.GAUGE,
      "parked.tables",
      "Tables whose rows are skipped because their columns are unknown"),
  PARKED_ROWS(Kind.COUNTER, "parked.rows", "Rows of parked tables that were skipped"),
  SNAPSHOT_READING(
      Kind.GAUGE,
      "snapshot.reading",
      "1 while a table's existing rows are read",
      "schema",
      "table"),
  SNAPSHOT_FAILED(
      Kind.GAUGE,
      "snapshot.failed",
      "1 where a table's existing rows could not be read",
      "schema",
      "table"),
  SNAPSHOT_ROWS(
      Kind.GAUGE,
      "snapshot.rows",
      "Existing rows of a table that were delivered by its last snapshot",
      "schema",
      "table"),
  SNAPSHOT_SKIPPED(
      Kind.GAUGE,
      "snapshot.rows.skipped",
      "Existing rows of a table that were read and that the stream delivered instead",
      "schema",
      "table"),
  SNAPSHOT_ESTIMATE(
      Kind.GAUGE,
      "snapshot.rows.estimate",
      "The server's estimate of a table's rows when its last snapshot began; NaN while not known",
      "schema",
      "table"),
  SNAPSHOT_CHUNKS(
      Kind.GAUGE,
      "snapshot.chunks",
      "Chunks of a table that were read and wait for the stream",
      "schema",
      "table"),
  SNAPSHOT_VIEW_SECONDS(
      Kind.GAUGE,
      "snapshot.view.seconds",
      "How long the oldest open view of a table's data has been open; 0 for none",
      "schema",
      "table"),
  ALERTS_DROPPED(
      Kind.COUNTER,
      "alerts.dropped",
      "Alerts that were never sent, since too many waited or the webhook refused them"),
  THREAD_FAILURES(
      Kind.COUNTER, "thread.failures", "Internal errors of threads that continue; each is logged"),
  BUILD_INFO(
      Kind.GAUGE,
      "build.info",
      "1; its labels are the version of the program, its commit and the version of Java",
      "version",
      "revision",
      "java");

  private final Kind kind;
  private final String label;
  private final String description;
  private final List<String> tags;

  /** How a metric changes. */
  public enum Kind {
    /** It only grows, from 0 at the start of the process. */
    COUNTER,
    /** It is read when somebody asks. */
    GAUGE,
    /** Counts events by their duration. */
    HISTOGRAM
  }

  Metric(Kind kind, String label, String description, String... tags) {
    this.kind = kind;
    this.label = label;
    this.description = description;
    this.tags = List.of(tags);
  }

  public Kind kind() {
    return kind;
  }

  /** Its name, words divided by dots, without prefix. */
  public String label() {
    return label;
  }

  public String description() {
    return description;
  }

  /** Names of what divides it, beside the group. */
  public List<String> tags() {
    return tags;
  }
}
