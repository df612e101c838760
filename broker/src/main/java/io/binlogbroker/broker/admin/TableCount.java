package io.binlogbroker.broker.admin;

/**
 * What was delivered of a table with one action, since the process started.
 *
 * @param action insert, update or delete
 * @param bytes of keys and values
 */
public record TableCount(String schema, String table, String action, long rows, long bytes) {}
