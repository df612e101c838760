package io.binlogbroker.bench.load;

import io.binlogbroker.testkit.MysqlServer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A position in the binary log of a certain server.
 *
 * @param serverUuid of the server that wrote the log
 * @param gtidSet of the transactions before it; empty without GTIDs
 */
public record ServerPosition(String file, long offset, String serverUuid, String gtidSet) {
  /** The position of the next transaction. */
  public static ServerPosition end(MysqlServer mysql) {
    Map<String, @Nullable String> status = mysql.query("SHOW MASTER STATUS").get(0);
    return new ServerPosition(
        Objects.requireNonNull(status.get("File")),
        Long.parseLong(Objects.requireNonNull(status.get("Position"))),
        Objects.requireNonNull(mysql.value("SELECT @@server_uuid")),
        Objects.requireNonNull(status.get("Executed_Gtid_Set")));
  }
}
