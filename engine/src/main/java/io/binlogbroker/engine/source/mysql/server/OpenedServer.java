package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.wire.login.SessionOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that was opened as a source.
 *
 * @param session how to log in to it again
 * @param uuid as that of its {@link ServerIdentity}
 */
public record OpenedServer(SessionOptions session, @Nullable String uuid, SourceFacts facts) {
  /** Whether it was opened again, so that what is known of its log still applies. */
  public boolean isSameAs(OpenedServer other) {
    return session.equals(other.session) && Objects.equals(uuid, other.uuid);
  }
}
