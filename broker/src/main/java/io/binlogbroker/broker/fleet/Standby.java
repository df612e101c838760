package io.binlogbroker.broker.fleet;

import java.time.Instant;

/**
 * A broker that waits to become the master of a group.
 *
 * @param since when it began to wait
 */
public record Standby(BrokerProcess process, Instant since) {}
