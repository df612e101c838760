package io.binlogbroker.testkit;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;

/**
 * Takes a killed broker off its controller's list before it starts again, as a cluster's surviving
 * controllers would.
 *
 * <p>A lone node does not: it believes its former life's registration, leads its partitions at once
 * and sends out the markers of transactions that the kill interrupted, before it listens. Then it
 * is fenced for a moment, finds no leader for those markers and drops them. Such a transaction is
 * complete, but hides its records, and all later ones, from read_committed consumers for good
 * (Kafka 4.3.1, "these partitions are likely deleted already and hence can be skipped").
 */
final class KilledBroker {
  private static final long LIMIT_SECONDS = 30;

  private final Properties properties = new Properties();

  /** Takes the properties of the node, which is broker and controller. */
  KilledBroker(Properties node) {
    properties.putAll(node);
    properties.setProperty("process.roles", "controller");
    properties.setProperty("listeners", "CONTROLLER://" + controller());
    properties.remove("advertised.listeners");
  }

  /** Runs the controller alone for as long as it takes. */
  void unregister() throws InterruptedException, ExecutionException, TimeoutException {
    KafkaRaftServer controller =
        new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    controller.startup();
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, (Object) controller()))) {
      unregister(admin);
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private void unregister(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    int id = Integer.parseInt(properties.getProperty("node.id"));
    try {
      admin.unregisterBroker(id).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
        throw e;
      }
      // Killed before it had joined: there is nothing to take back.
    }
  }

  private String controller() {
    String voter = properties.getProperty("controller.quorum.voters");
    return voter.substring(voter.indexOf('@') + 1);
  }
}
