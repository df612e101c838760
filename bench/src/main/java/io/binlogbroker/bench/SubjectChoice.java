package io.binlogbroker.bench;

import io.binlogbroker.bench.subject.BrokerSubject;
import io.binlogbroker.bench.subject.DebeziumMode;
import io.binlogbroker.bench.subject.DebeziumSubject;
import io.binlogbroker.bench.subject.ProducerSubject;
import io.binlogbroker.bench.subject.Recording;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.bench.subject.Subject;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.format.registry.Format;
import java.nio.file.Path;
import java.util.List;

/**
 * The subjects selected on the command line.
 *
 * @param formats of the brokers' messages; rivals run only with the first one
 * @param rivalJava Java home for Debezium
 */
record SubjectChoice(
    Measured measured, List<SubjectName> names, List<Format> formats, Path rivalJava) {
  SubjectChoice {
    names = List.copyOf(names);
    formats = List.copyOf(formats);
  }

  /** The subject whose messages the bare producer sends again. */
  Subject recorded(Servers servers, Format format) {
    return broker(servers, Delivery.EXACTLY_ONCE, format);
  }

  /** The subjects of a round, with brokers and producer in one format. */
  List<Subject> subjects(Servers servers, Format format, Recording recording) {
    return names.stream()
        .filter(name -> !name.isRival() || format == formats.get(0))
        .map(name -> subject(name, servers, format, recording))
        .toList();
  }

  private Subject subject(SubjectName name, Servers servers, Format format, Recording recording) {
    return switch (name) {
      case BROKER_EXACTLY_ONCE -> broker(servers, Delivery.EXACTLY_ONCE, format);
      case BROKER_AT_LEAST_ONCE -> broker(servers, Delivery.AT_LEAST_ONCE, format);
      case PRODUCER -> new ProducerSubject(servers, recording, false);
      case READING_PRODUCER -> new ProducerSubject(servers, recording, true);
      case DEBEZIUM -> debezium(servers, measured.debezium());
      case DEBEZIUM_INCREMENTAL -> debezium(servers, DebeziumMode.INCREMENTAL_SNAPSHOT);
    };
  }

  private Subject broker(Servers servers, Delivery delivery, Format format) {
    return new BrokerSubject(servers, delivery, format, measured.capture());
  }

  private Subject debezium(Servers servers, DebeziumMode mode) {
    return new DebeziumSubject(servers, rivalJava, mode);
  }
}
