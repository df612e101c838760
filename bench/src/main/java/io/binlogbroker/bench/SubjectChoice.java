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
import java.util.stream.Stream;

/**
 * What the command line chose to measure.
 *
 * @param formats each for every broker; the bare producer sends messages of the first one
 * @param rivalJava home of the Java that Debezium runs on
 */
record SubjectChoice(List<SubjectName> names, List<Format> formats, Path rivalJava) {
  SubjectChoice {
    names = List.copyOf(names);
    formats = List.copyOf(formats);
  }

  /** The one whose messages the bare producer repeats. */
  Subject recorded(Servers servers) {
    return new BrokerSubject(servers, Delivery.EXACTLY_ONCE, formats.get(0));
  }

  List<Subject> subjects(Servers servers, Recording recording) {
    return names.stream().flatMap(name -> subjects(name, servers, recording)).toList();
  }

  private Stream<Subject> subjects(SubjectName name, Servers servers, Recording recording) {
    return switch (name) {
      case BROKER_EXACTLY_ONCE -> brokers(servers, Delivery.EXACTLY_ONCE);
      case BROKER_AT_LEAST_ONCE -> brokers(servers, Delivery.AT_LEAST_ONCE);
      case PRODUCER -> Stream.of(new ProducerSubject(servers, recording));
      case DEBEZIUM -> Stream.of(new DebeziumSubject(servers, rivalJava));
    };
  }

  private Stream<Subject> brokers(Servers servers, Delivery delivery) {
    return formats.stream().map(format -> new BrokerSubject(servers, delivery, format));
  }
}
