package io.binlogbroker.broker;

import io.binlogbroker.broker.event.HostName;
import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.fleet.Fleet;
import io.binlogbroker.broker.fleet.Rebalancer;
import io.binlogbroker.broker.fleet.Rebalancer.Member;
import io.binlogbroker.broker.timer.GroupTimer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Rebalances the groups of a process, on the thread {@code rebalancer}, in each etcd apart. */
final class Rebalancing implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Supplier<List<Group>> groups;
  private final Map<Fleet, Rebalancer> rebalancers = new HashMap<>();
  private final GroupTimer timer = new GroupTimer("rebalancer", PERIOD, PERIOD, this::step);

  /**
   * @param groups of the process now
   */
  Rebalancing(Supplier<List<Group>> groups) {
    this.groups = groups;
  }

  void start() {
    timer.start();
  }

  private void step() {
    Map<Fleet, List<Member>> fleets =
        groups.get().stream()
            .filter(group -> group.fleet() != null)
            .collect(
                Collectors.groupingBy(
                    Group::fleet,
                    Collectors.mapping(group -> (Member) group, Collectors.toList())));
    fleets.forEach((fleet, members) -> of(fleet).step(members));
  }

  private Rebalancer of(Fleet fleet) {
    BrokerProcess self = BrokerProcess.here(HostName.ofThis());
    return rebalancers.computeIfAbsent(
        fleet, unused -> new Rebalancer(self, fleet, Clock.systemUTC()));
  }

  @Override
  public void close() {
    timer.close();
  }
}
