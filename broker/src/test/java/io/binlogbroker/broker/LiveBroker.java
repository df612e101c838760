package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.broker.file.FileElection;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.testkit.Folders;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A broker in this JVM between real servers, with a configuration as a user writes it and a state
 * folder that outlives {@link #stop}. Tests of other packages use it, too. Used by the test's
 * thread.
 */
public final class LiveBroker implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("live.limit", 120));

  private final String group;
  private final MysqlServer mysql;
  private final KafkaServer kafka;
  private final Path state;
  private String config;
  private @Nullable Group broker;
  private @Nullable CompletableFuture<Void> end;

  /**
   * @param config in which {@code @state}, {@code @mysql} and {@code @kafka} stand for the folder
   *     and the addresses
   */
  LiveBroker(String group, MysqlServer mysql, KafkaServer kafka, String config) {
    this.group = group;
    this.mysql = mysql;
    this.kafka = kafka;
    this.state = stateFolder();
    this.config =
        config
            .replace("@state", state.toString())
            .replace("@mysql", "127.0.0.1:" + mysql.port())
            .replace("@kafka", kafka.bootstrapServers());
    writeConfig();
  }

  /**
   * A broker of the usual user.
   *
   * @param more keys of the configuration, each with a comma behind it
   */
  public static LiveBroker with(String group, MysqlServer mysql, KafkaServer kafka, String more) {
    String config =
        """
        {%s "RPCListen":"", "KafkaAddr":["@kafka"], "StateDir":"@state", "AllowPublicKeyRetrieval":true,
         "MysqlConn":"rep_user:rep_user@tcp(@mysql)"}
        """
            .formatted(more);
    return new LiveBroker(group, mysql, kafka, config);
  }

  /** A started broker that delivers every table. */
  public static LiveBroker ofAll(String group, MysqlServer mysql, KafkaServer kafka) {
    return with(group, mysql, kafka, "\"SyncAll\":true,").start();
  }

  /** Starts the broker, anew after {@link #stop}, and waits until the source sends to it. */
  public LiveBroker start() {
    long before = connectionId();
    launch();
    String dump =
        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%' AND"
            + " ID > "
            + before;
    // A first start stores where it begins, so from then on nothing that is written can be missed.
    await(() -> Files.exists(positionFile()) && !"0".equals(mysql.value(dump)));
    return this;
  }

  /** Starts the broker and waits until it has given up. */
  DeliveryException fail() {
    launch();
    return failure();
  }

  /** Whether it was started and neither stopped nor seen to give up. */
  /** How many changes in statement format it has met. */
  long statementEvents() {
    return Objects.requireNonNull(broker, "It is not running").statementEvents();
  }

  boolean isRunning() {
    return broker != null;
  }

  /** Waits until the broker has given up. */
  public DeliveryException failure() {
    CompletableFuture<Void> running = Objects.requireNonNull(end);
    try {
      running.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      broker = null;
      return (DeliveryException) e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("Expected a broker that gives up within " + LIMIT, e);
    }
    throw new AssertionError("Expected a broker that gives up, but it ended well");
  }

  private void launch() {
    FileConfigStore store = new FileConfigStore(configFile());
    Group started = new Group(group, store, store.load(), new ProcessMetrics());
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread thread = new Thread(() -> run(started, ended), "relay " + group);
    thread.setDaemon(true);
    thread.start();
    broker = started;
    end = ended;
  }

  private static void run(Group broker, CompletableFuture<Void> ended) {
    try {
      broker.run();
      ended.complete(null);
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  /** Ends the broker as a signal would, and waits until it has saved its position. */
  public LiveBroker stop() {
    Group running = broker;
    if (running == null) {
      return this;
    }
    broker = null;
    running.stop();
    try {
      Objects.requireNonNull(end).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new AssertionError("Expected the broker of " + group + " to stop well", e);
    }
    return this;
  }

  /**
   * Waits until so many changes have arrived, stops the broker and returns all that were committed.
   */
  public List<ChangeRecord> stopAfter(int count, String... topics) {
    List<ChangeRecord> changes = new ArrayList<>();
    try (ChangeReader reader = reader(topics)) {
      read(reader, count, changes);
      stop();
      reader.readToEnd(LIMIT, changes::add);
    }
    return changes;
  }

  /** Waits until so many changes have arrived since the beginning of the topics. */
  public List<ChangeRecord> await(int count, String... topics) {
    List<ChangeRecord> changes = new ArrayList<>();
    try (ChangeReader reader = reader(topics)) {
      read(reader, count, changes);
    }
    return changes;
  }

  /** Waits until that change has arrived and returns all since the beginning of the topics. */
  List<ChangeRecord> awaitUntil(Predicate<ChangeRecord> last, String... topics) {
    List<ChangeRecord> changes = new ArrayList<>();
    try (ChangeReader reader = reader(topics)) {
      await(
          () -> {
            List<ChangeRecord> more = reader.poll(Duration.ofMillis(100));
            changes.addAll(more);
            return more.stream().anyMatch(last);
          });
    }
    return changes;
  }

  private void read(ChangeReader reader, int count, List<ChangeRecord> changes) {
    await(
        () -> {
          changes.addAll(reader.poll(Duration.ofMillis(100)));
          return changes.size() >= count;
        });
  }

  private ChangeReader reader(String... topics) {
    return ChangeReader.open(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        Set.of(topics),
        ChangeReader.Start.BEGINNING);
  }

  /** Edits the configuration's file under the running broker. */
  void edit(String from, String to) {
    if (!config.contains(from)) {
      throw new AssertionError("Expected " + from + " in " + config);
    }
    config = config.replace(from, to);
    writeConfig();
  }

  /** Waits until the broker has decided about the newest configuration. */
  RulesStatus awaitRules(Predicate<RulesStatus> wanted) {
    AtomicReference<RulesStatus> found = new AtomicReference<>();
    await(
        () -> {
          Master master = new FileElection(state, group, Clock.systemUTC()).master();
          found.set(master == null ? null : master.rules());
          return found.get() != null && wanted.test(found.get());
        });
    return found.get();
  }

  private void writeConfig() {
    try {
      Files.writeString(configFile(), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path configFile() {
    return state.resolve("conf.json");
  }

  Path positionFile() {
    return state.resolve(group + ".position.json");
  }

  private long connectionId() {
    return Long.parseLong(Objects.requireNonNull(mysql.value("SELECT CONNECTION_ID()")));
  }

  private void await(BooleanSupplier condition) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (broker != null && Objects.requireNonNull(end).isCompletedExceptionally()) {
        throw new AssertionError("The broker of " + group + " gave up", failure());
      }
      if (System.nanoTime() > limit) {
        throw new AssertionError("Waited in vain for the broker of " + group + " for " + LIMIT);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Path stateFolder() {
    try {
      return Files.createTempDirectory("broker-state-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    Folders.delete(state);
  }
}
