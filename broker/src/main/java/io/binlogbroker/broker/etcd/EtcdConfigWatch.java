package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.GroupContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener what becomes of the source's part of a configuration in etcd, on the thread
 * {@code config-watch}: it reads whenever there may be news, so that nothing depends on a watch
 * that missed none. The broker's part stays as it was loaded.
 */
final class EtcdConfigWatch {
  private static final Logger log = LoggerFactory.getLogger(EtcdConfigWatch.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final long REMOVED = 0;

  private final EtcdConfigStore store;
  private final ConfigStore.Listener listener;
  private final StopSignal closed;
  // All of the watching thread, from here on.
  private long told;
  private long seenRevision;
  private long brokerRevision;
  private boolean inTrouble;

  /**
   * @param since the revision that the listener knows
   */
  EtcdConfigWatch(
      EtcdConfigStore store, long since, ConfigStore.Listener listener, StopSignal closed) {
    this.store = store;
    this.told = since;
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
        look();
        recovered();
        store.awaitNews(seenRevision);
      } catch (DeliveryException e) {
        failed(e);
        closed.await(TRY_AGAIN);
      } catch (RuntimeException e) {
        GroupContext.currentFailures().add(e);
        closed.await(TRY_AGAIN);
      }
    }
  }

  private void look() {
    ConfigKeys found = store.read();
    seenRevision = found.revision();
    if (closed.isRaised()) {
      return;
    }
    noteBroker(found);
    tell(found);
  }

  private void tell(ConfigKeys found) {
    ConfigText source = found.source();
    long revision = source.revision();
    if (revision == told) {
      return;
    }
    try {
      if (revision == REMOVED) {
        throw store.sourceRemoved();
      }
      listener.changed(store.beside(source, found));
    } catch (ConfigException e) {
      listener.faulty(revision == REMOVED ? found.revision() : revision, e);
    } catch (DeliveryException e) {
      throw e;
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
      listener.faulty(revision, ConfigException.unexpected(store.toString(), e));
    }
    told = revision;
  }

  /** What is running goes on with what it was started with. */
  private void noteBroker(ConfigKeys found) {
    long revision = found.broker().revision();
    if (brokerRevision != REMOVED && revision != brokerRevision) {
      log.info("The broker's part of {} was changed: it takes effect at the next start", store);
    }
    brokerRevision = revision;
  }

  private void failed(DeliveryException e) {
    if (!inTrouble && !closed.isRaised()) {
      log.warn("Changes of {} are not seen until it can be read again: {}", store, e.getMessage());
    }
    inTrouble = true;
  }

  private void recovered() {
    if (inTrouble) {
      log.info("{} is read again", store);
    }
    inTrouble = false;
  }
}
