package io.binlogbroker.broker.fleet;

import java.util.Comparator;

/**
 * A process that takes part in the elections of groups. The order has no meaning but is the same
 * everywhere.
 *
 * @param host name of the host it runs on
 */
public record BrokerProcess(String host, long pid) implements Comparable<BrokerProcess> {
  private static final Comparator<BrokerProcess> ORDER =
      Comparator.comparing(BrokerProcess::host).thenComparing(BrokerProcess::pid);

  /** This process. */
  public static BrokerProcess here(String host) {
    return new BrokerProcess(host, ProcessHandle.current().pid());
  }

  @Override
  public int compareTo(BrokerProcess other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
