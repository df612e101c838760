package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.model.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The properties of Kafka's clients: our defaults, overridden by the user's, overridden by those
 * that exactly-once delivery requires. Immutable.
 */
public final class KafkaProperties {
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
          Map.entry(ProducerConfig.LINGER_MS_CONFIG, "5"),
          Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, "262144"),
          Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, "67108864"),
          // As large as the buffer: the topic's own limit decides on large rows.
          Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "67108864"),
          Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "5"),
          Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "20000"),
          Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000"),
          Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, "60000"),
          Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "60000"));

  /**
   * No consumer sees a message before its commit, which sends all batches anyway. Each batch has a
   * fixed cost in memory and time, so small batches for many partitions would cost more than their
   * rows.
   */
  private static final String LINGER_UNTIL_COMMIT = "100";

  private static final Map<String, String> RESERVED =
      Map.ofEntries(
          Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "set \"KafkaAddr\" instead"),
          Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "it is derived from the group"),
          Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "it is derived from the group"),
          Map.entry(ProducerConfig.ACKS_CONFIG, "rows could be lost with any value but \"all\""),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "rows could be lost or reordered"),
          Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "messages are already bytes"),
          Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "messages are already bytes"),
          Map.entry(
              ProducerConfig.PARTITIONER_CLASS_CONFIG,
              "the order depends on Kafka's default partitioner"),
          Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "the order depends on the keys"),
          Map.entry(
              ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
              "a new broker could not abort the transaction of a dead one"));

  /** Plug-ins add names under these prefixes, so Kafka does not know them all. */
  private static final Set<String> OPEN_PREFIXES =
      Set.of("sasl.", "ssl.", "security.", "interceptor.", "metrics.", "config.providers.");

  private static final Set<String> CONNECTION_PREFIXES = Set.of("sasl.", "ssl.", "security.");
  private static final Set<String> CONNECTION_NAMES =
      Set.of(
          ProducerConfig.CLIENT_DNS_LOOKUP_CONFIG,
          ProducerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
          ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG,
          ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
          ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
          "config.providers");

  private final KafkaSettings settings;
  private final Map<String, Object> producer;

  public KafkaProperties(KafkaSettings settings) {
    this.settings = settings;
    this.producer = Map.copyOf(producerProperties(settings));
  }

  /** The faults of a user's properties, each with its property's name; empty if there are none. */
  public static List<String> faults(Map<String, String> properties) {
    List<String> faults = new ArrayList<>();
    for (String name : new TreeMap<>(properties).keySet()) {
      String reason = RESERVED.get(name);
      if (reason != null) {
        faults.add("\"" + name + "\" cannot be set: " + reason);
      } else if (!isKnown(name)) {
        faults.add(unknown(name));
      }
    }
    if (faults.isEmpty()) {
      addValueFault(properties, faults);
    }
    return faults;
  }

  /** The producer's properties without those for transactions. */
  Map<String, Object> producer() {
    return producer;
  }

  /** The properties of the alternating producers, in order. */
  public List<Map<String, Object>> transactionalProducers() {
    return settings.transactionalIds().stream().map(this::transactionalProducer).toList();
  }

  private Map<String, Object> transactionalProducer(String id) {
    Map<String, Object> all = new HashMap<>(producer);
    all.put(ProducerConfig.CLIENT_ID_CONFIG, id);
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return Map.copyOf(all);
  }

  /** For reading committed records from the beginning without a consumer group. */
  public Map<String, Object> consumer() {
    Map<String, Object> all = connection();
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // A read to the end would wait that long after the last transaction's marker.
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return all;
  }

  Map<String, Object> admin(Duration timeout) {
    Map<String, Object> all = connection();
    int millis = Math.toIntExact(timeout.toMillis());
    all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(millis, 20_000));
    return all;
  }

  /** The largest message that the producer accepts, with its overhead. */
  long largestMessage() {
    return Math.min(
        number(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        number(ProducerConfig.BUFFER_MEMORY_CONFIG));
  }

  /** Buffer size of each open batch. */
  long batchSize() {
    return number(ProducerConfig.BATCH_SIZE_CONFIG);
  }

  /** The time after which Kafka aborts an open transaction. */
  public Duration transactionTimeout() {
    return Duration.ofMillis(number(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG));
  }

  private long number(String name) {
    return Long.parseLong(String.valueOf(producer.get(name)).strip());
  }

  private Map<String, Object> connection() {
    Map<String, Object> all = new HashMap<>();
    settings.properties().forEach((name, value) -> addConnection(all, name, value));
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", settings.addresses()));
    all.put(ProducerConfig.CLIENT_ID_CONFIG, settings.clientId());
    return all;
  }

  private static void addConnection(Map<String, Object> all, String name, String value) {
    if (CONNECTION_NAMES.contains(name) || startsWithOneOf(CONNECTION_PREFIXES, name)) {
      all.put(name, value);
    }
  }

  private static Map<String, Object> producerProperties(KafkaSettings settings) {
    boolean exactlyOnce = settings.delivery() == Delivery.EXACTLY_ONCE;
    Map<String, Object> all = new HashMap<>(OURS);
    if (exactlyOnce) {
      all.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_UNTIL_COMMIT);
    }
    all.putAll(settings.properties());
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", settings.addresses()));
    all.put(ProducerConfig.CLIENT_ID_CONFIG, settings.clientId());
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return all;
  }

  private static boolean isKnown(String name) {
    return ProducerConfig.configNames().contains(name) || startsWithOneOf(OPEN_PREFIXES, name);
  }

  private static boolean startsWithOneOf(Set<String> prefixes, String name) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  private static String unknown(String name) {
    String nearest = Nearest.to(name, ProducerConfig.configNames());
    return "\""
        + name
        + "\" is not a property of Kafka's producer; the nearest is \""
        + nearest
        + '"';
  }

  /** Validates the values with Kafka's own code once the names are valid. */
  private static void addValueFault(Map<String, String> properties, List<String> faults) {
    KafkaSettings sample =
        new KafkaSettings(
            "check",
            List.of("localhost:9092"),
            Delivery.EXACTLY_ONCE,
            KafkaSettings.POSITIONS_TOPIC,
            new TopicSettings(1, 1),
            properties);
    try {
      ProducerConfig checked = new ProducerConfig(producerProperties(sample));
      addDeliveryFault(checked, faults);
    } catch (ConfigException e) {
      faults.add(valueFault(String.valueOf(e.getMessage()), properties));
    }
  }

  /** Kafka's message quotes the value, which may be secret. */
  private static String valueFault(String message, Map<String, String> properties) {
    for (String name : properties.keySet()) {
      ConfigDef.ConfigKey key = ProducerConfig.configDef().configKeys().get(name);
      String place = " for configuration " + name;
      if (key != null && (message.contains(place + ":") || message.endsWith(place))) {
        String range = key.validator == null ? "" : ", " + key.validator;
        return "\"%s\": Kafka's producer does not accept this value; expected %s%s"
            .formatted(name, key.type, range);
      }
    }
    boolean quotes =
        properties.values().stream()
            .anyMatch(value -> value.length() > 3 && message.contains(value));
    return quotes ? "Kafka's producer does not accept one of the values" : message;
  }

  /** The producer checks this only in its constructor, which would be too late. */
  private static void addDeliveryFault(ProducerConfig config, List<String> faults) {
    long delivery = config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    long linger = config.getLong(ProducerConfig.LINGER_MS_CONFIG);
    long request = config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    if (delivery < linger + request) {
      faults.add(
          "\"delivery.timeout.ms\" is "
              + delivery
              + " but must be at least linger.ms + request.timeout.ms = "
              + (linger + request));
    }
  }
}
