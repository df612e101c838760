package io.binlogbroker.cli;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.Served;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries over what a group has kept outside of an etcd when its configuration moves there: else
 * its brokers would know nothing of it. What is in etcd already stays.
 */
final class GroupMove {
  private final PrintStream out;
  private final String group;
  private final Config config;

  /**
   * @param config that is to be put into etcd
   */
  GroupMove(PrintStream out, String group, Config config) {
    this.out = out;
    this.group = group;
    this.config = config;
  }

  /**
   * @throws DeliveryException when the etcd cannot be asked or changed, or what was kept not be
   *     read
   */
  void into(EtcdConfig way) {
    Config moved = new Config(config.broker().withEtcd(way), config.source());
    try (GroupState to = PositionCommand.state(group, moved)) {
      PositionStore positions = to.positions();
      if (positions.load() != null || positions.served() != null || copied(to)) {
        return;
      }
      takeFromKafka(to, moved);
    }
  }

  /** Whether something was kept as the file says. */
  private boolean copied(GroupState to) {
    // Looking at a folder would make it.
    if (!config.broker().etcd().isGiven()
        && !Files.isDirectory(Path.of(config.broker().stateDir()))) {
      return false;
    }
    try (GroupState from = PositionCommand.state(group, config)) {
      Position kept = from.positions().load();
      Served served = from.positions().served();
      if (kept == null && served == null) {
        return false;
      }
      copy(from.idleCatalogue(), to.idleCatalogue());
      copy(kept, served, to.idlePositions());
      out.println(
          "Carried over from "
              + from
              + ": "
              + (kept == null ? "the reset of the position." : "the position, " + kept + "."));
      tellWhoWorks(from);
      return true;
    }
  }

  private static void copy(CatalogueStore from, CatalogueStore to) {
    for (String key : from.keys("")) {
      byte[] entry = from.read(key);
      if (entry != null) {
        to.write(Map.of(key, entry));
      }
    }
  }

  /** Its epoch is kept, so that Kafka's position, which is newer, still counts. */
  private static void copy(@Nullable Position kept, @Nullable Served served, PositionStore to) {
    if (kept != null) {
      to.save(kept);
    }
    if (served != null) {
      to.saveServed(served);
    }
  }

  private void tellWhoWorks(GroupState from) {
    Master master = from.election().master();
    if (master != null) {
      out.println(
          "Note: "
              + master
              + " still works for "
              + group
              + " without this etcd: stop it before"
              + " you start brokers with this etcd.");
    }
  }

  private void takeFromKafka(GroupState to, Config moved) {
    KafkaTakeover kafka = KafkaTakeover.of(group, moved);
    try {
      if (!kafka.isPossible()) {
        return;
      }
    } catch (DeliveryException e) {
      out.println(
          "Note: whether Kafka has a position of " + group + " is not known: " + e.getMessage());
      out.println("If it has one, the first start says how to take it over.");
      return;
    }
    Position position = kafka.into(to.idlePositions());
    out.println("Took over the position of " + group + " that Kafka has, " + position + ".");
    out.println("To start at the source's latest instead: binlogbroker position reset.");
  }
}
