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
 * Unregisters a killed broker from its controller before it starts again, as the remaining
 * controllers of a cluster do.
 *
 * <p>A single node does not: it keeps the registration from before the kill, becomes leader of its
 * partitions immediately and sends the markers of interrupted transactions before it listens. It is
 * then fenced briefly, finds no leader for those markers and drops them. Such a transaction is
 * complete, but read_committed consumers never see its records or any later ones (Kafka 4.3.1,
 * "these partitions are likely deleted already and hence can be skipped").
 */
final class KilledBroker {
  private static final long LIMIT_SECONDS = 30;

  private final Properties properties = new Properties();

  /** Copies the properties of the node, which is broker and controller. */
  KilledBroker(Properties node) {
    properties.putAll(node);
    properties.setProperty("process.roles", "controller");
    properties.setProperty("listeners", "CONTROLLER://" + controller());
    properties.remove("advertised.listeners");
  }

  /** Runs only the controller, until the broker is unregistered. */
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
      // The broker was killed before it registered.
    }
  }

  private String controller() {
    String voter = properties.getProperty("controller.quorum.voters");
    return voter.substring(voter.indexOf('@') + 1);
  }
}
