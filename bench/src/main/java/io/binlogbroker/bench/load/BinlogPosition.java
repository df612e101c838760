package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a server's binary log.
 *
 * @param serverUuid of the server that wrote it
 */
public record BinlogPlace(String file, long offset, String serverUuid) {
  /** Where the next transaction will be written. */
  public static BinlogPlace end(MysqlServer mysql) {
    Map<String, @Nullable String> status = mysql.query("SHOW MASTER STATUS").get(0);
    return new BinlogPlace(
        Objects.requireNonNull(status.get("File")),
        Long.parseLong(Objects.requireNonNull(status.get("Position"))),
        Objects.requireNonNull(mysql.value("SELECT @@server_uuid")));
  }
}
