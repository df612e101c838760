package io.binlogbroker.engine.source.mysql.server;

import org.jspecify.annotations.Nullable;

/**
 * Who a server is and how it takes names.
 *
 * @param uuid null where the server has none (MariaDB)
 * @param ignoresCase whether it compares names of schemas and tables without regard to case
 */
public record ServerIdentity(@Nullable String uuid, boolean ignoresCase) {}
