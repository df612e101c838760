package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.engine.Pipeline;
import io.binlogbroker.engine.PipelineOptions;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.route.RulesText;
import io.binlogbroker.engine.schema.catalogue.MemoryCatalogueStore;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs pipelines of a schema into a sink, with a snapshot or without. The methods about progress
 * are of its table {@code t}.
 */
final class SnapshotRuns {
  private final MysqlServer server;
  private final String schema;
  private final MemorySink sink;

  SnapshotRuns(MysqlServer server, String schema, MemorySink sink) {
    this.server = server;
    this.schema = schema;
    this.sink = sink;
  }

  /**
   * @param snapshot null for none
   */
  Pipeline pipeline(@Nullable SnapshotOptions snapshot) {
    PipelineOptions options =
        new PipelineOptions(
            "g",
            FormatName.JSON,
            FormatOptions.DEFAULT,
            new CommitPolicy(Duration.ofMillis(20), 1 << 20, 4 << 20, Duration.ofSeconds(30)),
            OnStatementEvent.STOP,
            false,
            snapshot,
            null);
    String rules =
        "{\"Snapshot\":\"initial\",\"Sources\":[{\"Schema\":\"%s\",\"Tables\":[{\"Table\":\".*\",\"Key\":\"@pk\"}]}]}";
    return new Pipeline(
        options, new ActiveRules(RulesText.rules(1, rules.formatted(schema))), Metrics.none());
  }

  /** Runs until the pipeline is stopped or the sink is killed; repeats what a retry may help. */
  void run(Pipeline pipeline) {
    boolean again = true;
    while (again) {
      again = !runOnce(pipeline);
    }
  }

  /** Returns whether the run has ended as wanted. */
  private boolean runOnce(Pipeline pipeline) {
    SourceOptions source =
        new SourceOptions(
            List.of(QueriedRowsIT.options(server)),
            new ReplicaSettings(
                new ReplicaIdentity(77, new UUID(0, 77), "test"), Duration.ofSeconds(1), 1 << 26));
    try {
      pipeline.run(source, new MemoryCatalogueStore(), sink);
      return true;
    } catch (DeliveryException e) {
      assertThat(e.isRetriable()).as("%s", e).isTrue();
      return String.valueOf(e.getMessage()).contains("killed");
    }
  }

  /** Runs until a condition holds, which is checked by another thread. */
  void runUntil(@Nullable SnapshotOptions snapshot, BooleanSupplier done) {
    runPipelineUntil(pipeline(snapshot), done);
  }

  /** Runs a pipeline until a condition holds, which is checked by another thread. */
  void runPipelineUntil(Pipeline pipeline, BooleanSupplier done) {
    Thread stopper =
        new Thread(
            () -> {
              await(done);
              pipeline.stop();
            });
    stopper.start();
    run(pipeline);
  }

  /** Waits for a condition, for a minute at most. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isComplete() {
    SnapshotState state = state();
    return state != null && state.isComplete();
  }

  /** Rows of the snapshot that are delivered. */
  long rows() {
    SnapshotState state = state();
    return state == null ? 0 : state.rows();
  }

  private @Nullable SnapshotState state() {
    return state("t");
  }

  /** The committed state of a table's snapshot; null before the first. */
  @Nullable SnapshotState state(String table) {
    byte[] json = sink.states().get(SnapshotState.name(new TableName(schema, table)));
    try {
      return json == null ? null : SnapshotState.of(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
