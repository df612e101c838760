package io.binlogbroker.cli.position.foreign;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import io.binlogbroker.engine.source.mysql.server.SqlText;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads Maxwell's table {@code positions} from the server that has it. One thread. */
public final class MaxwellTable {
  private static final String COLUMNS =
      "server_id, gtid_set, binlog_file, binlog_position, last_heartbeat_read";

  private final SourceOptions source;
  private final String table;

  /**
   * @param schema of Maxwell's own tables
   */
  public MaxwellTable(SourceOptions source, String schema) {
    this.source = source;
    this.table = "`" + schema.replace("`", "``") + "`.positions";
  }

  /**
   * The position of a client for this server; of another server if it is the only one.
   *
   * @throws DeliveryException when there is none, or the table cannot be read
   */
  public ForeignPosition read(String clientId) {
    String where = " WHERE client_id = " + SqlText.literal(clientId);
    try (Session session = source.connect()) {
      List<Row> rows = session.query("SELECT " + COLUMNS + " FROM " + table + where).rows();
      String serverId = session.query("SELECT @@global.server_id").rows().get(0).text(0);
      List<Row> own =
          rows.stream().filter(row -> String.valueOf(serverId).equals(row.text(0))).toList();
      List<Row> found = own.isEmpty() ? rows : own;
      if (found.size() != 1) {
        throw none(clientId, rows, String.valueOf(serverId));
      }
      return MaxwellPosition.read(json(found.get(0)), table + ", client " + clientId);
    } catch (ServerErrorException e) {
      throw DeliveryException.fatal(
          FailureKind.INVALID_ARGUMENT,
          "Cannot read Maxwell's position ("
              + e.getMessage()
              + "): give the schema of its tables with --schema, grant SELECT on "
              + table
              + " to the user in \"MysqlConn\", or give the row with --json",
          e);
    } catch (IOException e) {
      throw new SourceFailures(source.user()).toRelay(e);
    }
  }

  private DeliveryException none(String clientId, List<Row> rows, String serverId) {
    String ids = rows.stream().map(row -> row.text(0)).collect(Collectors.joining(", "));
    return DeliveryException.fatal(
        FailureKind.INVALID_ARGUMENT,
        "Expected a position of client %s for server_id %s in %s but %s"
            .formatted(
                clientId,
                serverId,
                table,
                rows.isEmpty()
                    ? "the client has none: give its client_id with --client-id"
                    : "it has several, for server_id " + ids));
  }

  private static String json(Row row) {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    for (String column : row.columns()) {
      String value = row.text(column);
      boolean number = value != null && !column.equals("gtid_set") && !column.equals("binlog_file");
      if (number) {
        json.put(column, Long.parseLong(value));
      } else {
        json.put(column, value);
      }
    }
    return json.toString();
  }
}
