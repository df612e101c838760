package io.binlogbroker.broker.live;

import io.binlogbroker.broker.config.Config;

/**
 * A configuration as it was read from its store.
 *
 * @param revision of the source's part; a later one is greater
 */
public record StoredConfig(Config config, long revision) {}
