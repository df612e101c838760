package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds other groups whose brokers wrote into a topic in transactions as long ago as Kafka
 * remembers its producers, which is a day unless configured otherwise. Does not see groups that
 * deliver at least once, nor those whose transactional ids we have no right to see. One thread.
 */
final class OtherGroups {
  private static final Logger log = LoggerFactory.getLogger(OtherGroups.class);

  private final KafkaAdmin admin;
  private final KafkaSettings settings;

  OtherGroups(KafkaAdmin admin, KafkaSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /** Those that may be seen, which are none without the rights for it. */
  Set<String> in(TopicDescription topic) {
    try {
      Set<Long> producers = admin.producers(topic);
      // Without an id to look for, Kafka would list the transactions of all.
      return producers.isEmpty() ? Set.of() : among(settings, admin.transactionalIds(producers));
    } catch (DeliveryException e) {
      log.debug("Kafka does not say who writes into topic {}", topic.name(), e);
      return Set.of();
    }
  }

  /** The groups that transactional ids belong to, but for ours and for those of other programs. */
  static Set<String> among(KafkaSettings settings, Collection<String> transactionalIds) {
    Set<String> groups = new TreeSet<>();
    for (String id : transactionalIds) {
      String group = KafkaSettings.groupOf(id);
      if (group != null && !group.equals(settings.group())) {
        groups.add(group);
      }
    }
    return groups;
  }
}
