package io.binlogbroker.broker.file;

import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.ElectionContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class FileElectionTest extends ElectionContract {
  @TempDir Path stateDir;

  @Override
  protected Election election() {
    return new FileElection(stateDir, "db_mall", Clock.systemUTC());
  }
}
