package io.binlogbroker.engine.source.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import org.junit.jupiter.api.Test;

class LogFilesTest {
  private static final ServerIdentity HERE = new ServerIdentity("here", false);
  private static final Restart START =
      new Restart(new BinlogPosition("binlog.000002", 157), null, "here", 1000);
  private static final Restart THERE =
      new Restart(new BinlogPosition("binlog.000002", 157), "x:1-7", "there", 1000);

  @Test
  void aPositionHasTheCreationTimeOfItsFile() {
    LogFiles files = new LogFiles(HERE, new LogStart(START, false));

    assertThat(files.at(new BinlogPosition("binlog.000002", 200), null).fileCreated())
        .isEqualTo(1000);
    files.begins("binlog.000002", 1000);
    assertThat(files.at(new BinlogPosition("binlog.000003", 4), null).fileCreated()).isZero();
    files.begins("binlog.000003", 3000);
    assertThat(files.at(new BinlogPosition("binlog.000003", 4), null))
        .isEqualTo(new Restart(new BinlogPosition("binlog.000003", 4), null, "here", 3000));
  }

  @Test
  void afterAFailoverThePositionChangesWithTheFirstRequestedGroup() {
    LogFiles files = new LogFiles(HERE, new LogStart(THERE, true));

    files.begins("binlog.000002", 5000);
    assertThat(files.at(new BinlogPosition("binlog.000002", 4), "x:1-7")).isEqualTo(THERE);

    files.arrived();
    assertThat(files.at(new BinlogPosition("binlog.000002", 900), "x:1-7"))
        .isEqualTo(new Restart(new BinlogPosition("binlog.000002", 900), "x:1-7", "here", 5000));
  }
}
