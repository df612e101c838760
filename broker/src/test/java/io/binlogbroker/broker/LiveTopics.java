package io.binlogbroker.broker;

import io.binlogbroker.testkit.KafkaServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Looks at the topics of a Kafka server, makes and deletes them, as an operator would. */
final class LiveTopics {
  private final KafkaServer kafka;

  LiveTopics(KafkaServer kafka) {
    this.kafka = kafka;
  }

  Set<String> names() {
    try (Admin admin = admin()) {
      return admin.listTopics().names().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int partitions(String topic) {
    try (Admin admin = admin()) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void create(String topic, Map<String, String> settings) {
    NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings);
    try (Admin admin = admin()) {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Deletes all but Kafka's own. */
  void deleteAll() {
    try (Admin admin = admin()) {
      admin.deleteTopics(admin.listTopics().names().get()).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
