package io.binlogbroker.engine.format.trim;

import java.io.IOException;
import java.util.List;

/**
 * Finds the cells in the messages of one format, so that some can be left out of a message that is
 * too large. Stateless: it is called by the thread that sends messages, not by the one that writes
 * them.
 */
@FunctionalInterface
public interface CellFinder {
  /** The finder of messages that have no cells to leave out. */
  CellFinder NONE = message -> List.of();

  /**
   * @param message as written by the format
   * @return the lists of cells, in the order of the message
   * @throws IOException when the format did not write it
   */
  List<CellList> find(byte[] message) throws IOException;
}
