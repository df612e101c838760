package io.binlogbroker.engine.format.trim;

import java.io.IOException;
import java.util.List;

/**
 * Finds the cells in the messages of one format, so that some can be left out of a message that is
 * too large. Stateless: not the thread that writes messages calls it, but the one that sends them.
 */
@FunctionalInterface
public interface CellFinder {
  /** For messages without cells that may be left out. */
  CellFinder NONE = message -> List.of();

  /**
   * @param message as the format wrote it
   * @return in the message's order
   * @throws IOException when the format did not write it
   */
  List<CellList> find(byte[] message) throws IOException;
}
