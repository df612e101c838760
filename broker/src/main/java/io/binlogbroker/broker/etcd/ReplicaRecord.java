package io.binlogbroker.broker.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity with which every broker of a group registers at the source.
 *
 * @param serverId from 1 to 4294967295, unique among the source's replicas
 */
public record ReplicaRecord(long serverId, UUID slaveUuid) {
  static final long HIGHEST_SERVER_ID = (1L << 32) - 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SERVER_ID = "server_id";
  private static final String SLAVE_UUID = "slave_uuid";

  ReplicaRecord withServerId(long other) {
    return new ReplicaRecord(other, slaveUuid);
  }

  String toJson() {
    return MAPPER
        .createObjectNode()
        .put(SERVER_ID, serverId)
        .put(SLAVE_UUID, slaveUuid.toString())
        .toString();
  }

  /**
   * @param key of the text, for the message
   * @throws DeliveryException fatal when it is not what {@link #toJson} writes
   */
  static ReplicaRecord fromJson(String text, String key) {
    try {
      JsonNode json = MAPPER.readTree(text);
      long serverId = json.path(SERVER_ID).asLong();
      if (serverId >= 1 && serverId <= HIGHEST_SERVER_ID) {
        return new ReplicaRecord(serverId, UUID.fromString(json.path(SLAVE_UUID).asText()));
      }
      throw unreadable(text, key, null);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unreadable(text, key, e);
    }
  }

  private static DeliveryException unreadable(String text, String key, @Nullable Exception cause) {
    return DeliveryException.fatal(
        FailureKind.CONFIGURATION,
        "Expected {\"server_id\":1 to 4294967295,\"slave_uuid\":\"a UUID\"} in etcd "
            + key
            + ", but found "
            + text
            + ": fix it, or delete the key to have it recreated",
        cause);
  }
}
