package io.binlogbroker.bench;

import io.binlogbroker.bench.subject.BrokerSubject;
import io.binlogbroker.bench.subject.DebeziumSubject;
import io.binlogbroker.bench.subject.ProducerSubject;
import io.binlogbroker.bench.subject.Recording;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.bench.subject.Subject;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.format.Format;
import java.nio.file.Path;
import java.util.List;

/**
 * What the command line chose to measure.
 *
 * @param formats of the brokers' messages; others run beside the first one only
 * @param rivalJava home of the Java that Debezium runs on
 */
record SubjectChoice(List<SubjectName> names, List<Format> formats, Path rivalJava) {
  SubjectChoice {
    names = List.copyOf(names);
    formats = List.copyOf(formats);
  }

  /** The one whose messages the bare producer repeats. */
  Subject recorded(Servers servers, Format format) {
    return new BrokerSubject(servers, Delivery.EXACTLY_ONCE, format);
  }

  /** Those that run in turn, the brokers with one format, the producer with messages of it. */
  List<Subject> subjects(Servers servers, Format format, Recording recording) {
    return names.stream()
        .filter(name -> name != SubjectName.DEBEZIUM || format == formats.get(0))
        .map(name -> subject(name, servers, format, recording))
        .toList();
  }

  private Subject subject(SubjectName name, Servers servers, Format format, Recording recording) {
    return switch (name) {
      case BROKER_EXACTLY_ONCE -> new BrokerSubject(servers, Delivery.EXACTLY_ONCE, format);
      case BROKER_AT_LEAST_ONCE -> new BrokerSubject(servers, Delivery.AT_LEAST_ONCE, format);
      case PRODUCER -> new ProducerSubject(servers, recording);
      case DEBEZIUM -> new DebeziumSubject(servers, rivalJava);
    };
  }
}
