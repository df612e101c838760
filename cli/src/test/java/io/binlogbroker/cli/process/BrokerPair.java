package io.binlogbroker.cli.process;

import io.binlogbroker.broker.fixture.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Two brokers of the shop's group, of which one is master at any time. One thread. */
final class BrokerPair implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final List<PairMember> members;

  /**
   * @param etcdPorts of the etcd servers that the two use
   * @param more keys of their configuration, each followed by a comma
   */
  BrokerPair(Path folder, Shop shop, List<Integer> etcdPorts, String more) {
    members =
        List.of(
            new PairMember(folder, shop, 0, etcdPorts.get(0), more),
            new PairMember(folder, shop, 1, etcdPorts.get(1 % etcdPorts.size()), more));
  }

  /** Starts both and waits until one is master and the other is ready. */
  BrokerPair start() {
    members.get(0).broker().start().awaitReading();
    members.get(1).broker().start().awaitConsole("Ready to take over", LIMIT);
    return this;
  }

  /** Waits until exactly one of them reports that it is the master. */
  PairMember master() {
    await("one master", () -> members.stream().filter(PairMember::isMaster).count() == 1);
    return members.stream().filter(PairMember::isMaster).findFirst().orElseGet(this::master);
  }

  PairMember other(PairMember member) {
    return members.get(member == members.get(0) ? 1 : 0);
  }

  List<PairMember> members() {
    return members;
  }

  /** Waits until that one is master and reads. */
  void awaitMaster(PairMember member) {
    await(member + " as master", member::isMaster);
  }

  void awaitSlave(PairMember member) {
    await(member + " as slave", member::isSlave);
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, LIMIT, condition);
  }

  static void await(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Expected " + what + " within " + limit);
      }
      Pause.of(20);
    }
  }

  @Override
  public void close() {
    members.forEach(PairMember::close);
  }
}
