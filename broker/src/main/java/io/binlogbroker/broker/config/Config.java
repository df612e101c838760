package io.binlogbroker.broker.config;

/** Everything one broker process is told: its own part and the part about its source. */
public record Config(BrokerConfig broker, SourceConfig source) {}
