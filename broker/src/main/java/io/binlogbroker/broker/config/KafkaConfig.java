package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.HostPort;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.Faults;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is and what is written to it.
 *
 * @param kafka properties for Kafka's clients as configured; values may be secret and are never
 *     printed
 */
public record KafkaConfig(
    List<String> kafkaAddr,
    Delivery delivery,
    Map<String, String> kafka,
    int partitions,
    int replication,
    String positionsTopic,
    @Nullable String ddlTopic,
    OnOversize onOversize)
    implements FlatPart {
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  /** Properties that exactly-once delivery depends on, or that have a key of their own. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "key.serializer",
          "value.serializer",
          "transactional.id",
          "enable.idempotence");

  public KafkaConfig {
    kafkaAddr = List.copyOf(kafkaAddr);
    kafka = Map.copyOf(kafka);
    Faults faults = new Faults();
    faults.require(
        !kafkaAddr.isEmpty(), "KafkaAddr", "missing; expected a list such as [\"localhost:9092\"]");
    HostPort.check(faults, "KafkaAddr", kafkaAddr, "localhost:9092");
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
    kafka.keySet().stream()
        .filter(OURS::contains)
        .forEach(name -> faults.add("Kafka." + name, "set by the broker; remove it"));
    faults.throwIfAny();
  }

  static @Nullable KafkaConfig from(Section section) {
    List<String> kafkaAddr = section.texts("KafkaAddr", List.of());
    Delivery delivery = section.choice("Delivery", Delivery.class, Delivery.EXACTLY_ONCE);
    Map<String, String> kafka = section.properties("Kafka");
    int partitions = section.integer("Partitions", 1);
    int replication = section.integer("Replication", -1);
    String positionsTopic = section.text("PositionsTopic", "binlogbroker.positions");
    String ddlTopic = section.optionalText("DdlTopic");
    OnOversize onOversize = section.choice("OnOversize", OnOversize.class, OnOversize.STOP);
    return section.make(
        () ->
            new KafkaConfig(
                kafkaAddr,
                delivery,
                kafka,
                partitions,
                replication,
                positionsTopic,
                ddlTopic,
                onOversize));
  }

  private static void checkDdlTopic(
      Faults faults, @Nullable String ddlTopic, String positionsTopic) {
    faults.require(
        ddlTopic == null || TOPIC.matcher(ddlTopic).matches(),
        "DdlTopic",
        "expected 1 to 249 of the characters a-z A-Z 0-9 . _ -");
    faults.require(
        !positionsTopic.equals(ddlTopic), "DdlTopic", "same as PositionsTopic; use another topic");
  }

  @Override
  public String toString() {
    return "KafkaConfig[kafkaAddr="
        + kafkaAddr
        + ", positionsTopic="
        + positionsTopic
        + ", kafka="
        + kafka.keySet().stream().sorted().toList()
        + "]";
  }
}
