package io.binlogbroker.broker.mysql;

import org.jspecify.annotations.Nullable;

/**
 * Who a server is and how it takes names.
 *
 * @param uuid null where the server has none (MariaDB)
 * @param ignoresCase whether it compares names of schemas and tables without regard to case
 */
record ServerIdentity(@Nullable String uuid, boolean ignoresCase) {}
