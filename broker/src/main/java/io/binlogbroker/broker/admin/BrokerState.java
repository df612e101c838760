package io.binlogbroker.broker.admin;

import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a running broker says of itself when it is asked; any thread. */
public interface BrokerState {
  String group();

  /** Whether it is the group's master now, by its own clock. */
  boolean isMaster();

  RulesStatus rules();

  /** How often a lost position was given up for another, since the process began. */
  long gaps();

  /** Changes of delivered schemas that came in statement format, since the process began. */
  long statementEvents();

  /** The tables whose rows are left out, because nobody could tell their columns. */
  List<ParkedTable> parked();

  /** How often a thread beside the relay's met an internal error, since the process began. */
  long threadFailures();

  /** Thread and kind of the last one; null when there was none. */
  @Nullable String lastThreadFailure();

  /** How many rows of parked tables were left out, since the process began. */
  long parkedRows();
}
