package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports changes of the source's part of a configuration in etcd to a listener, on the thread
 * {@code config-watch}. It reads the keys whenever they may have changed, so that no missed watch
 * event matters. The broker's part stays as loaded.
 */
final class EtcdConfigWatch {
  private static final Logger log = LoggerFactory.getLogger(EtcdConfigWatch.class);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
  private static final long REMOVED = 0;

  private final EtcdConfigStore store;
  private final ConfigStore.Listener listener;
  private final StopSignal closed;
  // The fields below belong to the watching thread.
  private long reportedRevision;
  private long seenRevision;
  private long brokerRevision;
  private boolean failing;

  /**
   * @param since the revision that the listener has
   */
  EtcdConfigWatch(
      EtcdConfigStore store, long since, ConfigStore.Listener listener, StopSignal closed) {
    this.store = store;
    this.reportedRevision = since;
    this.listener = listener;
    this.closed = closed;
  }

  void start() {
    Thread thread = GroupContext.newThread("config-watch", this::run);
    thread.start();
  }

  private void run() {
    while (!closed.isRaised()) {
      try {
        poll();
        recovered();
        store.awaitChange(seenRevision);
      } catch (DeliveryException e) {
        failed(e);
        closed.await(RETRY_INTERVAL);
      } catch (RuntimeException e) {
        GroupContext.currentFailures().add(e);
        closed.await(RETRY_INTERVAL);
      }
    }
  }

  private void poll() {
    ConfigKeys found = store.read();
    seenRevision = found.revision();
    if (closed.isRaised()) {
      return;
    }
    logBrokerChange(found);
    report(found);
  }

  private void report(ConfigKeys found) {
    ConfigText source = found.source();
    long revision = source.revision();
    if (revision == reportedRevision) {
      return;
    }
    try {
      if (revision == REMOVED) {
        throw store.sourceRemoved();
      }
      listener.changed(store.withSource(source, found));
    } catch (ConfigException e) {
      listener.faulty(revision == REMOVED ? found.revision() : revision, e);
    } catch (DeliveryException e) {
      throw e;
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
      listener.faulty(revision, ConfigException.unexpected(store.toString(), e));
    }
    reportedRevision = revision;
  }

  /** The running broker keeps the part that it was started with. */
  private void logBrokerChange(ConfigKeys found) {
    long revision = found.broker().revision();
    if (brokerRevision != REMOVED && revision != brokerRevision) {
      log.info(
          "The broker's part of {} has changed: the change takes effect at the next start", store);
    }
    brokerRevision = revision;
  }

  private void failed(DeliveryException e) {
    if (!failing && !closed.isRaised()) {
      log.warn(
          "{} cannot be read; changes to it are not noticed until it can: {}",
          store,
          e.getMessage());
    }
    failing = true;
  }

  private void recovered() {
    if (failing) {
      log.info("{} can be read again", store);
    }
    failing = false;
  }
}
