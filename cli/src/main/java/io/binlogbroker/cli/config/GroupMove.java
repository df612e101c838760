package io.binlogbroker.cli.config;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.Served;
import io.binlogbroker.cli.position.KafkaTakeover;
import io.binlogbroker.cli.position.PositionCommand;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies a group's state to an etcd when its configuration moves there, so that its brokers find
 * it. State that is already in etcd is kept.
 */
final class GroupMove {
  private final PrintStream out;
  private final String group;
  private final Config config;

  /**
   * @param config to be written to etcd
   */
  GroupMove(PrintStream out, String group, Config config) {
    this.out = out;
    this.group = group;
    this.config = config;
  }

  /**
   * @throws DeliveryException when etcd cannot be read or written, or the old state cannot be read
   */
  void into(EtcdConfig etcd) {
    Config moved = new Config(config.broker().withEtcd(etcd), config.source());
    try (GroupState to = PositionCommand.state(group, moved)) {
      PositionStore positions = to.positions();
      if (positions.load() != null || positions.served() != null || copied(to)) {
        return;
      }
      takeFromKafka(to, moved);
    }
  }

  /** Copies the state at the file's location; returns false if there was none. */
  private boolean copied(GroupState to) {
    // Reading a missing folder would create it.
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
          "Copied from "
              + from
              + ": "
              + (kept == null ? "the reset of the position." : "the position, " + kept + "."));
      warnOfMaster(from);
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

  /** Keeps the epoch, so that Kafka's position, which is newer, stays valid. */
  private static void copy(@Nullable Position kept, @Nullable Served served, PositionStore to) {
    if (kept != null) {
      to.save(kept);
    }
    if (served != null) {
      to.saveServed(served);
    }
  }

  private void warnOfMaster(GroupState from) {
    Master master = from.election().master();
    if (master != null) {
      out.println(
          "Note: "
              + master
              + " still serves "
              + group
              + " without this etcd: stop it before starting brokers with this etcd.");
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
          "Note: it is unknown whether Kafka has a position of " + group + ": " + e.getMessage());
      out.println("If it has one, the first start reports how to use it.");
      return;
    }
    Position position = kafka.into(to.idlePositions());
    out.println("Using Kafka's position of " + group + ", " + position + ".");
    out.println("To start at the source's latest position instead: binlogbroker position reset.");
  }
}
