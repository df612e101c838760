package io.binlogbroker.broker.ha;

import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.engine.relay.RulesStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The master of a group, as it publishes itself to others.
 *
 * @param host name of the host it runs on
 * @param pid of its process
 * @param since the time at which it became master
 * @param rules active rules; null before it delivers
 */
public record Master(String host, long pid, Instant since, @Nullable RulesStatus rules) {
  /** A process that becomes the master now. */
  public static Master at(BrokerProcess process, Instant now) {
    return new Master(process.host(), process.pid(), now, null);
  }

  public BrokerProcess process() {
    return new BrokerProcess(host, pid);
  }

  public Master with(RulesStatus inForce) {
    return new Master(host, pid, since, inForce);
  }

  @Override
  public String toString() {
    return process().toString();
  }
}
