package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Kafka's admin client with a timeout for each request. One thread at a time. */
final class KafkaAdmin implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final Admin admin;
  private final KafkaFailures failures;
  private final Duration timeout;
  private final AdvertisedAddresses advertised;

  private KafkaAdmin(
      Admin admin, KafkaFailures failures, Duration timeout, AdvertisedAddresses advertised) {
    this.admin = admin;
    this.failures = failures;
    this.timeout = timeout;
    this.advertised = advertised;
  }

  /** Connects with the first request. */
  static KafkaAdmin of(KafkaProperties properties, KafkaFailures failures, Duration timeout) {
    return of(properties, failures, timeout, AdvertisedAddresses.of(properties));
  }

  /**
   * * Creates a client.
   *
   * @param advertised explains timeouts
   */
  static KafkaAdmin of(
      KafkaProperties properties,
      KafkaFailures failures,
      Duration timeout,
      AdvertisedAddresses advertised) {
    try {
      Admin admin = Admin.create(properties.admin(timeout));
      return new KafkaAdmin(admin, failures, timeout, advertised);
    } catch (KafkaException e) {
      throw failures.of("creating an admin client", e);
    }
  }

  /** The number of servers in the cluster. */
  int servers() {
    return await("describing the cluster", admin.describeCluster().nodes()).size();
  }

  /** The descriptions of the topics that exist. */
  Map<String, TopicDescription> describe(Collection<String> topics) {
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    Map<String, TopicDescription> found = new HashMap<>();
    admin
        .describeTopics(topics, options)
        .topicNameValues()
        .forEach(
            (topic, answer) -> {
              TopicDescription description =
                  awaitUnless(
                      UnknownTopicOrPartitionException.class, "describing topic " + topic, answer);
              if (description != null) {
                found.put(topic, description);
              }
            });
    return found;
  }

  /** Creates topics; existing ones are left unchanged. */
  void create(Collection<String> topics, TopicSettings settings, Map<String, String> configs) {
    create(topics, settings, configs, new CreateTopicsOptions());
  }

  /** Validates the creation of a topic without creating it. */
  void tryCreate(String topic, TopicSettings settings, Map<String, String> configs) {
    create(Set.of(topic), settings, configs, new CreateTopicsOptions().validateOnly(true));
  }

  private void create(
      Collection<String> topics,
      TopicSettings settings,
      Map<String, String> configs,
      CreateTopicsOptions options) {
    List<NewTopic> wanted =
        topics.stream().map(topic -> wanted(topic, settings).configs(configs)).toList();
    admin
        .createTopics(wanted, options)
        .values()
        .forEach(
            (topic, answer) ->
                awaitUnless(TopicExistsException.class, "creating topic " + topic, answer));
  }

  private static NewTopic wanted(String topic, TopicSettings settings) {
    return new NewTopic(
        topic,
        declared(settings.partitions()),
        declared(settings.replication()).map(Integer::shortValue));
  }

  private static Optional<Integer> declared(int count) {
    return count == TopicSettings.BROKER_DEFAULT ? Optional.empty() : Optional.of(count);
  }

  /** A topic's setting, or null without the right to read it. */
  @Nullable String topicConfig(String topic, String name) {
    return topicConfigs(Set.of(topic), name).get(topic);
  }

  /** One setting of each topic, except those that this user cannot read. */
  Map<String, String> topicConfigs(Collection<String> topics, String name) {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Map<String, String> found = new HashMap<>();
    admin
        .describeConfigs(resources)
        .values()
        .forEach(
            (resource, answer) -> {
              String topic = resource.name();
              Config config =
                  awaitUnless(
                      AuthorizationException.class,
                      "reading the settings of topic " + topic,
                      answer);
              ConfigEntry entry = config == null ? null : config.get(name);
              if (entry != null && entry.value() != null) {
                found.put(topic, entry.value());
              }
            });
    return found;
  }

  /** The offset of the next record, whether or not a transaction before it is still open. */
  long end(TopicPartition partition) {
    ListOffsetsOptions all = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
    return await(
            "reading the end offset of topic " + partition.topic(),
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()), all)
                .partitionResult(partition))
        .offset();
  }

  /**
   * Waits until each partition's leader serves it. Before that, it may refuse the first batch,
   * accept the second, and then refuse the first indefinitely: KAFKA-15591.
   */
  void awaitLeaders(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, OffsetSpec.latest()));
    await("waiting for the leaders of new topics", admin.listOffsets(ends).all());
  }

  /** The state of a transactional id; null if it has never been used. */
  @Nullable TransactionDescription transaction(String transactionalId) {
    return awaitUnless(
        TransactionalIdNotFoundException.class,
        "describing transactional id " + transactionalId,
        admin.describeTransactions(List.of(transactionalId)).description(transactionalId));
  }

  /** Ids of the topic's producers that Kafka still keeps. */
  Set<Long> producers(TopicDescription topic) {
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    return await(
            "describing the producers of topic " + topic.name(),
            admin.describeProducers(partitions).all())
        .values()
        .stream()
        .flatMap(state -> state.activeProducers().stream())
        .map(ProducerState::producerId)
        .collect(Collectors.toSet());
  }

  /** Transactional ids of producers, except those that this user cannot see. */
  Set<String> transactionalIds(Set<Long> producers) {
    ListTransactionsOptions options = new ListTransactionsOptions().filterProducerIds(producers);
    return await("listing transactional ids", admin.listTransactions(options).all()).stream()
        .map(TransactionListing::transactionalId)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    admin.close(CLOSE);
  }

  private <T> T await(String doing, KafkaFuture<T> answer) {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw explained(doing, causeOf(e));
    } catch (TimeoutException e) {
      throw explained(doing, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(doing, e);
    }
  }

  /** The answer, or null on this failure. */
  private <T> @Nullable T awaitUnless(
      Class<? extends Exception> expected, String doing, KafkaFuture<T> answer) {
    try {
      return await(doing, answer);
    } catch (DeliveryException e) {
      if (expected.isInstance(e.getCause())) {
        return null;
      }
      throw e;
    }
  }

  private DeliveryException explained(String doing, Throwable failure) {
    return advertised.explained(failures.of(doing, failure), failure);
  }

  private static Throwable causeOf(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
