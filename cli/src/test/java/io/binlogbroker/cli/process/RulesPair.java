package io.binlogbroker.cli.process;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.etcd.EtcdConfigStore;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.testkit.EtcdServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Two brokers of the shop's group that follow one configuration, in etcd or in a file of their
 * host, or each a file of its own. One thread.
 */
final class RulesPair implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final RulesStatus NO_RULES = new RulesStatus(0, null, 0, null);

  private final Shop shop;
  private final List<BrokerProcess> members;
  private final GroupState state;
  private final @Nullable EtcdConfigStore etcd;
  private String source;

  private RulesPair(
      Shop shop,
      List<BrokerProcess> members,
      GroupState state,
      @Nullable EtcdConfigStore etcd,
      String source) {
    this.shop = shop;
    this.members = members;
    this.state = state;
    this.etcd = etcd;
    this.source = source;
  }

  /**
   * @param tables rules of the schema {@code mall_db}
   */
  static RulesPair inEtcd(Shop shop, Path folder, EtcdServer server, String tables) {
    EtcdConfig way = new EtcdConfig(List.of(server.address()), null, null, null);
    String broker =
        "{\"RPCListen\":\"\", \"LeaseTtl\":\"2s\", \"KafkaAddr\":[\"%s\"]}"
            .formatted(shop.kafka().bootstrapServers());
    String source = source(shop, tables);
    EtcdConfigStore etcd = EtcdConfigStore.at(way, Shop.GROUP);
    etcd.putBroker(broker, 0);
    etcd.putSource(source, 0);
    GroupState state =
        GroupState.of(
            Shop.GROUP,
            new ConfigReader().readBroker(broker, "the test").withEtcd(way),
            Clock.systemUTC());
    List<BrokerProcess> members =
        List.of(
            BrokerProcess.withEtcd(folder.resolve("a"), Shop.GROUP, server.port()),
            BrokerProcess.withEtcd(folder.resolve("b"), Shop.GROUP, server.port()));
    return new RulesPair(shop, members, state, etcd, source);
  }

  /** On one host, without etcd. */
  static RulesPair ofOneFile(Shop shop, Path folder, String tables) {
    String text = file(shop, tables, "");
    List<BrokerProcess> members =
        List.of(
            new BrokerProcess(folder, Shop.GROUP, text),
            new BrokerProcess(folder, Shop.GROUP, text));
    String own = "{\"StateDir\":\"%s\",%s".formatted(folder.resolve("state"), text.substring(1));
    return new RulesPair(shop, members, state(own), null, source(shop, tables));
  }

  /** On two hosts, each with its own file and a shared etcd. */
  static RulesPair ofTwoFiles(Shop shop, Path folder, EtcdServer server, String tables) {
    String text = file(shop, tables, "\"EtcdAddr\":[\"" + server.address() + "\"],");
    List<BrokerProcess> members =
        List.of(
            new BrokerProcess(folder.resolve("a"), Shop.GROUP, text),
            new BrokerProcess(folder.resolve("b"), Shop.GROUP, text));
    return new RulesPair(shop, members, state(text), null, source(shop, tables));
  }

  private static GroupState state(String text) {
    return GroupState.of(
        Shop.GROUP, new ConfigReader().read(text, "the test").broker(), Clock.systemUTC());
  }

  private static String file(Shop shop, String tables, String more) {
    return "{\"RPCListen\":\"\", \"LeaseTtl\":\"2s\", %s \"KafkaAddr\":[\"%s\"], %s"
        .formatted(more, shop.kafka().bootstrapServers(), source(shop, tables).substring(1));
  }

  private static String source(Shop shop, String tables) {
    return """
    {"MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%d)", "Heartbeat":"1s",
     "AllowPublicKeyRetrieval":true, "Tls":{"Mode":"disabled"},
     "Sources":[{"Schema":"mall_db", "Tables":[%s]}]}
    """
        .formatted(shop.mysql().port(), tables);
  }

  /** Starts both and waits until one is master and the other is ready. */
  RulesPair start() {
    members.get(0).start().awaitReading();
    members.get(1).start().awaitConsole("Ready to take over", LIMIT);
    return this;
  }

  /** Edits the configuration, on both hosts if each has its own. */
  void edit(UnaryOperator<String> edit) {
    if (etcd == null) {
      members.get(0).edit(edit);
      if (!members.get(0).stateDir().equals(members.get(1).stateDir())) {
        members.get(1).edit(edit);
      }
      return;
    }
    source = edit.apply(source);
    if (!etcd.putSource(source, etcd.source().revision())) {
      throw new AssertionError("Expected to be the only one who writes");
    }
  }

  /** Makes the broker's part in etcd invalid. */
  void breakBrokersPart() {
    EtcdConfigStore store = Objects.requireNonNull(etcd);
    if (!store.putBroker("{ \"KafkaAddr\":", store.broker().revision())) {
      throw new AssertionError("Expected to be the only one who writes");
    }
  }

  /** Waits until the master has accepted or refused the newest configuration. */
  RulesStatus awaitRules(Predicate<RulesStatus> wanted) {
    AtomicReference<RulesStatus> found = new AtomicReference<>(NO_RULES);
    BrokerPair.await(
        "such rules",
        () -> {
          Master master = elected();
          RulesStatus rules = master == null ? null : master.rules();
          found.set(rules == null ? NO_RULES : rules);
          return wanted.test(found.get());
        });
    return found.get();
  }

  /** Null also while etcd does not answer in time. */
  private @Nullable Master elected() {
    try {
      return state.election().master();
    } catch (DeliveryException e) {
      if (!e.isRetriable()) {
        throw e;
      }
      return null;
    }
  }

  /** The master. */
  BrokerProcess master() {
    AtomicReference<@Nullable BrokerProcess> found = new AtomicReference<>();
    BrokerPair.await(
        "a master",
        () -> {
          found.set(masterOrNull());
          return found.get() != null;
        });
    return Objects.requireNonNull(found.get());
  }

  private @Nullable BrokerProcess masterOrNull() {
    Master master = elected();
    return members.stream()
        .filter(BrokerProcess::isRunning)
        .filter(member -> master != null && member.pid() == master.pid())
        .findFirst()
        .orElse(null);
  }

  BrokerProcess other(BrokerProcess member) {
    return members.get(member == members.get(0) ? 1 : 0);
  }

  /** Waits for this number of ids in a table's topic and returns them. */
  List<Integer> awaitIds(int count, String topic) {
    List<ChangeRecord> changes = new ArrayList<>();
    try (ChangeReader reader =
        ChangeReader.open(
            Map.of("bootstrap.servers", shop.kafka().bootstrapServers()),
            Set.of(topic),
            ChangeReader.Start.BEGINNING)) {
      BrokerPair.await(
          count + " changes in " + topic,
          () -> {
            changes.addAll(reader.poll(Duration.ofMillis(100)));
            return changes.size() >= count;
          });
      reader.readToEnd(LIMIT, changes::add);
    }
    return changes.stream()
        .map(change -> Objects.requireNonNull(change.change().after()).get("id").asInt())
        .toList();
  }

  @Override
  public void close() {
    members.forEach(BrokerProcess::close);
    state.close();
    if (etcd != null) {
      etcd.close();
    }
  }
}
