package io.binlogbroker.broker.admin;

import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.relay.ThreadFailures;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import java.util.List;

/** What is known of a group that this process serves or waits to serve; any thread. */
public interface BrokerState {
  String group();

  /** Whether it is the group's master now, by its own clock. */
  boolean isMaster();

  RulesStatus rules();

  /** How often a lost position was given up for another, since the process began. */
  long gaps();

  /** Changes of delivered schemas that came in statement format, since the process began. */
  long statementEvents();

  /** The tables whose rows are left out because their columns are unknown. */
  List<ParkedTable> parked();

  /** Internal errors that the group's threads met. */
  ThreadFailures threadFailures();

  /** How many rows of parked tables were left out, since the process began. */
  long parkedRows();
}
