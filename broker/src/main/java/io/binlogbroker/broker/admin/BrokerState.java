package io.binlogbroker.broker.admin;

import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of a group for which this process is the master or a standby. Any thread. */
public interface BrokerState {
  String group();

  /** Whether it is the group's master now, by its own clock. */
  boolean isMaster();

  GroupRole role();

  /** Whether it is the master, and an operator has paused its delivery. */
  boolean isPaused();

  /** What can be done with it. */
  GroupControl control();

  /** How far delivery is, and whether it advances. */
  GroupProgress progress();

  /** Why the group's thread has ended; null while it has not. */
  @Nullable String ended();

  /** The servers that changes are read from, in the order in which they are tried. */
  List<String> servers();

  /** The newest valid routing rules. */
  Routes routes();

  RulesStatus rules();

  /** The newest valid configuration; its text may contain secrets. */
  StoredConfig config();

  /**
   * The number of lost positions that delivery continued from elsewhere, since the process started.
   */
  long gaps();

  /** The number of changes of delivered schemas in statement format, since the process started. */
  long statementEvents();

  /** The tables whose rows are skipped because their columns are unknown. */
  List<ParkedTable> parked();

  /** How far the snapshots of tables are; none on a standby. */
  List<SnapshotProgress> snapshots();

  /** The internal errors in the group's threads. */
  ThreadFailures threadFailures();

  /** The number of skipped rows of parked tables, since the process started. */
  long parkedRows();

  /** What else is known of how the group works. */
  default StatusDetails details() {
    return StatusDetails.NONE;
  }
}
