package io.binlogbroker.engine.source.mysql.server;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a server, and how it compares names.
 *
 * @param uuid null where the server has none (MariaDB)
 * @param ignoresCase whether it compares names of schemas and tables without regard to case
 */
public record ServerIdentity(@Nullable String uuid, boolean ignoresCase) {}
