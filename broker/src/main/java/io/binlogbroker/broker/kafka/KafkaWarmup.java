package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a master's first requests to Kafka on a slave, without any effect, so that classes are
 * loaded before a takeover and an unreachable Kafka is noticed early. Any thread.
 */
public final class KafkaWarmup implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(KafkaWarmup.class);

  private final KafkaSettings settings;

  public KafkaWarmup(KafkaSettings settings) {
    this.settings = settings;
  }

  @Override
  public void run() {
    try {
      makeProducer();
      Position last = new KafkaPositions(settings).last();
      log.info("Ready to take over; Kafka's position is {}", last == null ? "none" : last);
    } catch (DeliveryException | KafkaException e) {
      log.warn("This slave could not take over now: {}", e.getMessage());
    }
  }

  /** Without the group's transactional ids, which would fence the master. */
  private void makeProducer() {
    Map<String, Object> plain = new HashMap<>(new KafkaProperties(settings).producer());
    plain.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    new KafkaProducer<byte[], byte[]>(plain).close(Duration.ZERO);
  }
}
