package io.binlogbroker.bench.jmh;

import io.binlogbroker.bench.load.BinlogPlace;
import io.binlogbroker.bench.load.OltpLoad;
import io.binlogbroker.bench.load.WideLoad;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the sample anew, a small binary log of both loads: its argument is where to. */
final class SampleMain {
  private SampleMain() {}

  public static void main(String[] args) throws IOException {
    try (MysqlServer mysql = MysqlServer.mysql8033().start()) {
      OltpLoad oltp = new OltpLoad(Sample.ROWS / 4);
      WideLoad wide = new WideLoad(Sample.ROWS);
      oltp.prepare(mysql);
      wide.prepare(mysql);
      mysql.execute("FLUSH BINARY LOGS");
      oltp.write(mysql);
      wide.write(mysql);
      Path file = mysql.dataFolder().resolve(BinlogPlace.end(mysql).file());
      Files.copy(file, Path.of(args[0]), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
