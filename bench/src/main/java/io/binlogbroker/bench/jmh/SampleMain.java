package io.binlogbroker.bench.jmh;

import io.binlogbroker.bench.load.OltpLoad;
import io.binlogbroker.bench.load.ServerPosition;
import io.binlogbroker.bench.load.WideLoad;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Regenerates the sample, a small binary log of both loads; the argument is the target file. */
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
      Path file = mysql.dataFolder().resolve(ServerPosition.end(mysql).file());
      Files.copy(file, Path.of(args[0]), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
