package io.binlogbroker.broker.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.Pipeline;
import io.binlogbroker.engine.PipelineOptions;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.PositionJson;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.route.MaskSalt;
import io.binlogbroker.engine.route.ReservedTopics;
import io.binlogbroker.engine.route.RoutingRules;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.route.SnapshotMode;
import io.binlogbroker.engine.schema.catalogue.MemoryCatalogueStore;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host of the engine, as small as one can be: appends changes to a file, each commit ended by a
 * line with its position, and resumes behind the last such line.
 */
final class FileHost implements ChangeSink {
  static final String POSITION = "position ";

  private final RandomAccessFile file;
  private final ByteArrayOutputStream uncommitted = new ByteArrayOutputStream();
  private volatile @Nullable Position committed;

  private FileHost(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * @param args port of the MySQL server, file of the changes
   */
  public static void main(String[] args) throws IOException {
    PipelineOptions options =
        new PipelineOptions(
            "file_host",
            FormatName.JSON,
            FormatOptions.DEFAULT,
            new CommitPolicy(Duration.ofMillis(20), 1 << 20, 4 << 20, Duration.ofSeconds(30)),
            OnStatementEvent.STOP,
            false,
            null,
            null);
    RoutingRules all =
        new RoutingRules(true, List.of(), List.of(), MaskSalt.NONE, SnapshotMode.NEVER);
    ActiveRules rules = new ActiveRules(Rules.of(1, all, ReservedTopics.NONE));
    Pipeline pipeline = new Pipeline(options, rules, Metrics.none());
    FileHost sink = new FileHost(new RandomAccessFile(args[1], "rw"));
    pipeline.run(source(Integer.parseInt(args[0])), new MemoryCatalogueStore(), sink);
  }

  private static SourceOptions source(int port) {
    SessionOptions session =
        new SessionOptions(
            new ServerAddress("127.0.0.1", port),
            new Credentials("rep_user", "rep_user", true, null, false),
            new TlsOptions(TlsMode.PREFERRED));
    ReplicaIdentity identity = new ReplicaIdentity(4711, new UUID(47, 11), "file_host");
    return new SourceOptions(
        List.of(session), new ReplicaSettings(identity, Duration.ofSeconds(1), 64 << 20));
  }

  /** Cuts off what a kill left behind the last commit. */
  @Override
  public @Nullable Position open() {
    try {
      long end = 0;
      String line;
      while ((line = file.readLine()) != null) {
        if (line.startsWith(POSITION) && line.endsWith("}")) {
          byte[] json = line.substring(POSITION.length()).getBytes(UTF_8);
          committed = PositionJson.read(json, "the file of changes");
          end = file.getFilePointer();
        }
      }
      file.setLength(end);
      file.seek(end);
      return committed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void send(Message message) {
    uncommitted.writeBytes(message.value());
    uncommitted.write('\n');
  }

  @Override
  public void commit(Position position) {
    try {
      uncommitted.writeBytes(POSITION.getBytes(UTF_8));
      String json = new String(PositionJson.write(position, Instant.now()), UTF_8).strip();
      uncommitted.writeBytes((json + "\n").getBytes(UTF_8));
      file.write(uncommitted.toByteArray());
      file.getFD().sync();
      uncommitted.reset();
      committed = position;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Position committed() {
    return committed;
  }

  @Override
  public boolean hidesUncommitted() {
    return true;
  }

  @Override
  public void close() {}
}
