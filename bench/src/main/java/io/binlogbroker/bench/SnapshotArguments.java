package io.binlogbroker.bench;

import io.binlogbroker.bench.load.ExistingRows;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options for snapshots. */
final class SnapshotArguments {
  @Option(
      names = "--snapshot",
      description =
          "Measures how fast existing rows are delivered, of a narrow and a wide table, instead of"
              + " changes. With --rivals also Debezium's initial and incremental snapshot.")
  private boolean snapshot;

  @Option(names = "--snapshot-rows", description = "Rows of the narrow table; 0 omits it.")
  private int narrowRows = 5_000_000;

  @Option(names = "--snapshot-wide-rows", description = "Rows of the wide table; 0 omits it.")
  private int wideRows = 1_000_000;

  Measured measured() {
    return snapshot ? Measured.EXISTING_ROWS : Measured.CHANGES;
  }

  /** The narrow table first. */
  List<ExistingRows> tables() {
    return Stream.of(ExistingRows.narrow(narrowRows), ExistingRows.wide(wideRows))
        .filter(table -> table.rows() > 0)
        .toList();
  }
}
