package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.config.OnOversize;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a broker can use Kafka, without changing anything and without disturbing a running
 * broker. One thread.
 */
public final class KafkaCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final KafkaFailures failures;
  private final AdvertisedAddresses advertised;

  public KafkaCheck(KafkaSettings settings) {
    this(settings, AdvertisedAddresses.of(new KafkaProperties(settings)));
  }

  KafkaCheck(KafkaSettings settings, AdvertisedAddresses advertised) {
    this.settings = settings;
    this.advertised = advertised;
    this.failures = new KafkaFailures(settings);
  }

  /**
   * @param topics known target topics of rows
   * @param ddlTopic null for none
   */
  public List<CheckResult> run(Collection<String> topics, @Nullable String ddlTopic) {
    List<CheckResult> results = new ArrayList<>();
    KafkaProperties properties = new KafkaProperties(settings);
    UnreachableServer unreachable = advertised.unreachable();
    if (unreachable != null) {
      results.add(
          CheckResult.notOk(
              "Kafka reachable",
              FailureKind.UNREACHABLE,
              unreachable.detail(),
              UnreachableServer.FIX));
      return results;
    }
    try (KafkaAdmin admin = KafkaAdmin.of(properties, failures, TIMEOUT)) {
      results.add(CheckResult.ok("Kafka reachable", admin.servers() + " servers"));
    } catch (DeliveryException e) {
      results.add(
          CheckResult.failed(
              "Kafka reachable", e, "start Kafka, or correct \"KafkaAddr\" and \"Kafka\""));
      return results;
    }
    try (KafkaAdmin admin = KafkaAdmin.of(properties, failures, TIMEOUT)) {
      for (String topic : topics) {
        results.add(topic(admin, topic));
        addOtherGroups(results, admin, topic);
        if (settings.onOversize() == OnOversize.DEAD_LETTER) {
          results.add(oversizeTopic(admin, OnOversize.topicOf(topic)));
        }
      }
      if (ddlTopic != null) {
        results.add(topic(admin, ddlTopic));
      }
      results.add(positions(admin));
      if (settings.delivery() == Delivery.EXACTLY_ONCE) {
        settings.transactionalIds().forEach(id -> results.add(transactionalId(admin, id)));
      }
    }
    return results;
  }

  private CheckResult topic(KafkaAdmin admin, String topic) {
    String name = "Topic " + topic;
    try {
      TopicDescription found = admin.describe(List.of(topic)).get(topic);
      if (found == null) {
        admin.tryCreate(topic, settings.topics(), Map.of());
        return CheckResult.ok(name, "missing, will be created");
      }
      return existing(name, topic, found);
    } catch (DeliveryException e) {
      return CheckResult.failed(name, e, "create it, or grant CREATE, WRITE and DESCRIBE on it");
    }
  }

  private void addOtherGroups(List<CheckResult> results, KafkaAdmin admin, String topic) {
    CheckResult reached = results.get(results.size() - 1);
    if (!reached.ok() && !reached.isWarning()) {
      return;
    }
    TopicDescription found = admin.describe(List.of(topic)).get(topic);
    Set<String> groups = found == null ? Set.of() : new OtherGroups(admin, settings).in(found);
    if (!groups.isEmpty()) {
      results.add(
          CheckResult.warning(
              "Writers of topic " + topic,
              "it is also written by group " + String.join(", ", groups),
              "let one of the groups deliver to another topic (\"Topic\" of its sources): rows that"
                  + " both deliver are duplicates; no action if the groups deliver different tables"
                  + " and this is intended"));
    }
  }

  /** Compaction would keep only the last piece of each message. */
  private CheckResult oversizeTopic(KafkaAdmin admin, String topic) {
    CheckResult result = topic(admin, topic);
    if (!result.ok() || admin.describe(List.of(topic)).isEmpty()) {
      return result;
    }
    String policy = admin.topicConfig(topic, TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy == null || !policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      return result;
    }
    return CheckResult.notOk(
        result.name(),
        FailureKind.CONFIGURATION,
        "is compacted, which would remove pieces of messages",
        "set cleanup.policy=delete on topic " + topic);
  }

  private CheckResult existing(String name, String topic, TopicDescription found) {
    Set<AclOperation> rights = found.authorizedOperations();
    if (rights != null && !rights.contains(AclOperation.WRITE)) {
      return CheckResult.notOk(
          name, FailureKind.SINK_ACCESS, "may not be written", "grant WRITE on topic " + topic);
    }
    int partitions = found.partitions().size();
    int declared = settings.topics().partitions();
    if (declared == partitions || declared == TopicSettings.BROKER_DEFAULT) {
      return CheckResult.ok(name, partitions + " partitions");
    }
    return CheckResult.warning(
        name,
        partitions + " partitions, expected " + declared + " (\"Partitions\")",
        "no action, or set \"Partitions\" to its number: existing topics are not changed");
  }

  private CheckResult positions(KafkaAdmin admin) {
    String name = "Positions topic " + settings.positionsTopic();
    try {
      new PositionsTopic(settings, failures, Clock.systemUTC()).tryPrepare(admin);
      return CheckResult.ok(name, "one partition, compacted, or will be created");
    } catch (DeliveryException e) {
      return CheckResult.failed(name, e, "see docs/kafka.md, \"Topics\"");
    }
  }

  /** Only described: using it would fence the running broker. */
  private static CheckResult transactionalId(KafkaAdmin admin, String id) {
    String name = "Transactional id " + id;
    try {
      TransactionDescription used = admin.transaction(id);
      return CheckResult.ok(name, used == null ? "not used yet" : "last seen " + used.state());
    } catch (DeliveryException e) {
      return CheckResult.failed(name, e, "grant WRITE and DESCRIBE on the transactional id");
    }
  }
}
