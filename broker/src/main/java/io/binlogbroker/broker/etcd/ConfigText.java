package io.binlogbroker.broker.etcd;

/**
 * A part of the configuration as it stands in etcd, unread.
 *
 * @param revision at which it was put there
 */
public record ConfigText(String text, long revision) {}
