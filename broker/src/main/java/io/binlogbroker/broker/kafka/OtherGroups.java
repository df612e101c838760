package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds other groups that wrote to a topic in transactions, for as long as Kafka keeps its
 * producers, a day by default. Does not find groups that deliver at least once, nor those whose
 * transactional ids this user cannot see. One thread.
 */
final class OtherGroups {
  private static final Logger log = LoggerFactory.getLogger(OtherGroups.class);

  private final KafkaAdmin admin;
  private final KafkaSettings settings;

  OtherGroups(KafkaAdmin admin, KafkaSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /** The visible groups; none without the permission to see them. */
  Set<String> in(TopicDescription topic) {
    try {
      Set<Long> producers = admin.producers(topic);
      // Without an id to filter by, Kafka would list all transactions.
      return producers.isEmpty() ? Set.of() : among(settings, admin.transactionalIds(producers));
    } catch (DeliveryException e) {
      log.debug("The producers of topic {} cannot be listed", topic.name(), e);
      return Set.of();
    }
  }

  /** The groups of transactional ids, without our own and those of other programs. */
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
