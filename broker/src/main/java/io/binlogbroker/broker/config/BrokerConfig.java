package io.binlogbroker.broker.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the broker is told about itself and about Kafka; the meaning of each key is in {@code
 * docs/config.md}.
 */
public record BrokerConfig(
    String logDir,
    String logFile,
    List<String> kafkaAddr,
    String rpcListen,
    List<String> rpcHosts,
    String stateDir,
    Delivery delivery,
    Duration commitInterval,
    ByteSize commitSize,
    ByteSize commitMaxSize,
    ByteSize maxEventSize,
    ProducerProperties kafka,
    int partitions,
    int replication,
    String positionsTopic,
    @Nullable String ddlTopic,
    OnOversize onOversize,
    Duration startTimeout,
    FormatName format,
    boolean canalEnumAsNumber,
    EtcdConfig etcd,
    Duration leaseTtl) {
  private static final Pattern LISTEN =
      Pattern.compile("([^\\s:,]*|\\[[0-9a-fA-F:.%]+])" + HostPort.PORT);
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  /** Shorter ones end by an ordinary pause of a collector, a disk or a network. */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

  /** MySQL's own limit for max_allowed_packet. */
  private static final long LARGEST_IN_MYSQL = 1L << 30;

  private static final long SMALLEST_EVENT = 1024;
  private static final int HEAP_SHARE = 4;

  /** Properties that delivery in order and without repeats rests on, or that have a key already. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "key.serializer",
          "value.serializer",
          "transactional.id",
          "enable.idempotence");

  public BrokerConfig {
    kafkaAddr = List.copyOf(kafkaAddr);
    rpcHosts = List.copyOf(rpcHosts);
    Faults faults = new Faults();
    faults.require(!logDir.isBlank(), "LogDir", "expected a folder, got an empty text");
    faults.require(!logFile.isBlank(), "LogFile", "expected a file name, got an empty text");
    faults.require(!stateDir.isBlank(), "StateDir", "expected a folder, got an empty text");
    checkAddresses(faults, kafkaAddr, rpcListen);
    checkCommit(faults, commitInterval, commitSize, commitMaxSize);
    faults.require(
        maxEventSize.bytes() >= SMALLEST_EVENT,
        "MaxEventSize",
        "expected 1KiB or more, got " + maxEventSize);
    faults.require(partitions >= 1, "Partitions", "expected 1 or more, got " + partitions);
    faults.require(
        replication == -1 || (replication >= 1 && replication <= Short.MAX_VALUE),
        "Replication",
        "expected 1 to 32767, or -1 for Kafka's own default, got " + replication);
    faults.require(
        TOPIC.matcher(positionsTopic).matches(),
        "PositionsTopic",
        "expected 1 to 249 of the characters a-z A-Z 0-9 . _ -");
    checkDdlTopic(faults, ddlTopic, positionsTopic);
    kafka.values().keySet().stream()
        .filter(OURS::contains)
        .forEach(name -> faults.add("Kafka." + name, "set by the broker itself, remove it"));
    faults.require(
        leaseTtl.compareTo(SHORTEST_LEASE) >= 0 && leaseTtl.toMillis() % 1000 == 0,
        "LeaseTtl",
        "expected whole seconds, 2s or more, such as \"5s\"");
    faults.throwIfAny();
  }

  static @Nullable BrokerConfig from(Section section) {
    String logDir = section.text("LogDir", "./log/");
    String logFile = section.text("LogFile", "binlogbroker.log");
    List<String> kafkaAddr = section.texts("KafkaAddr", List.of());
    String rpcListen = section.text("RPCListen", ":8846");
    List<String> rpcHosts = section.texts("RPCHosts", List.of());
    String stateDir = section.text("StateDir", "./state/");
    Delivery delivery = section.choice("Delivery", Delivery.class, Delivery.EXACTLY_ONCE);
    Duration interval = section.duration("CommitInterval", Duration.ofMillis(100));
    ByteSize commitSize = section.size("CommitSize", ByteSize.parse("8MiB"));
    ByteSize commitMaxSize = section.size("CommitMaxSize", ByteSize.parse("64MiB"));
    ByteSize maxEventSize = section.size("MaxEventSize", largestEvent());
    ProducerProperties kafka = new ProducerProperties(section.properties("Kafka"));
    int partitions = section.whole("Partitions", 1);
    int replication = section.whole("Replication", -1);
    String positionsTopic = section.text("PositionsTopic", "binlogbroker.positions");
    String ddlTopic = section.optionalText("DdlTopic");
    OnOversize onOversize = section.choice("OnOversize", OnOversize.class, OnOversize.STOP);
    Duration startTimeout = section.duration("StartTimeout", Duration.ofSeconds(60));
    FormatName format = section.choice("Format", FormatName.class, FormatName.JSON);
    boolean canalEnumAsNumber = section.flag("CanalEnumAsNumber", false);
    EtcdConfig etcd = EtcdConfig.from(section);
    Duration leaseTtl = section.duration("LeaseTtl", Duration.ofSeconds(5));
    return section.make(
        () ->
            new BrokerConfig(
                logDir,
                logFile,
                kafkaAddr,
                rpcListen,
                rpcHosts,
                stateDir,
                delivery,
                interval,
                commitSize,
                commitMaxSize,
                maxEventSize,
                kafka,
                partitions,
                replication,
                positionsTopic,
                ddlTopic,
                onOversize,
                startTimeout,
                format,
                canalEnumAsNumber,
                etcd,
                leaseTtl));
  }

  /** Whether a text may stand as {@code RPCListen}. */
  public static boolean isListenAddress(String text) {
    return text.isEmpty() || LISTEN.matcher(text).matches();
  }

  /** The same with another {@code RPCListen}. */
  BrokerConfig listeningOn(String address) {
    return with(address, etcd);
  }

  /**
   * An event lies in memory several times: as it came, as a message and in Kafka's buffer. A server
   * that could fill the heap could end the process.
   */
  private static ByteSize largestEvent() {
    long quarter = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    return new ByteSize(Math.min(LARGEST_IN_MYSQL, Math.max(SMALLEST_EVENT, quarter)));
  }

  /**
   * The same, found in an etcd that is reached like this: what it says of etcd itself gives way.
   */
  public BrokerConfig over(EtcdConfig way) {
    return with(rpcListen, way);
  }

  private BrokerConfig with(String newRpcListen, EtcdConfig newEtcd) {
    return new BrokerConfig(
        logDir,
        logFile,
        kafkaAddr,
        newRpcListen,
        rpcHosts,
        stateDir,
        delivery,
        commitInterval,
        commitSize,
        commitMaxSize,
        maxEventSize,
        kafka,
        partitions,
        replication,
        positionsTopic,
        ddlTopic,
        onOversize,
        startTimeout,
        format,
        canalEnumAsNumber,
        newEtcd,
        leaseTtl);
  }

  private static void checkAddresses(Faults faults, List<String> kafkaAddr, String rpcListen) {
    faults.require(
        !kafkaAddr.isEmpty(), "KafkaAddr", "missing; expected a list such as [\"localhost:9092\"]");
    HostPort.check(faults, "KafkaAddr", kafkaAddr, "localhost:9092");
    faults.require(
        isListenAddress(rpcListen),
        "RPCListen",
        "expected :port or host:port such as \":8846\", or \"\" for none");
  }

  private static void checkDdlTopic(
      Faults faults, @Nullable String ddlTopic, String positionsTopic) {
    faults.require(
        ddlTopic == null || TOPIC.matcher(ddlTopic).matches(),
        "DdlTopic",
        "expected 1 to 249 of the characters a-z A-Z 0-9 . _ -");
    faults.require(
        !positionsTopic.equals(ddlTopic), "DdlTopic", "is PositionsTopic; give it its own name");
  }

  private static void checkCommit(
      Faults faults, Duration interval, ByteSize commitSize, ByteSize commitMaxSize) {
    faults.require(interval.compareTo(Duration.ZERO) > 0, "CommitInterval", "expected more than 0");
    faults.require(commitSize.bytes() > 0, "CommitSize", "expected more than 0");
    faults.require(
        commitMaxSize.bytes() >= commitSize.bytes(),
        "CommitMaxSize",
        "expected at least CommitSize (" + commitSize + "), got " + commitMaxSize);
  }
}
