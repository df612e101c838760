package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.relay.RulesStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The broker that works for a group, as it describes itself to others.
 *
 * @param host it runs on
 * @param pid of its process
 * @param since when it has been master
 * @param rules active there; null before it delivers
 */
public record Master(String host, long pid, Instant since, @Nullable RulesStatus rules) {
  /** This process, from now on. */
  public static Master here(String host, Instant now) {
    return new Master(host, ProcessHandle.current().pid(), now, null);
  }

  public Master with(RulesStatus inForce) {
    return new Master(host, pid, since, inForce);
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
