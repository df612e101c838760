package io.binlogbroker.engine.source.mysql.server;

/**
 * A binary log file as SHOW BINARY LOGS lists it.
 *
 * @param size in bytes
 */
public record LogFile(String name, long size) {}
