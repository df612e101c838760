package io.binlogbroker.cli.consume;

import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.terminal.Console;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.cli.terminal.Interrupts;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeReader.Start;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.LostMessagesException;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code binlogbroker consume}: prints the changes in topics, one per line, on the caller's thread.
 * Uses no consumer group, so other consumers are not affected.
 */
@Command(
    name = "consume",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the changes in topics, one per line: commit time at the source, topic and partition,"
          + " key, operation and table, columns.",
      "Only committed changes are shown, and other consumers are not affected."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker consume -b localhost:9092 mall_db",
      "  binlogbroker consume -c conf.json --from-beginning --max 10",
      "  binlogbroker consume -b localhost:9092 --table mall_db.goods --action delete mall_db",
      "  binlogbroker consume -b localhost:9092 --raw mall_db | jq ."
    })
public final class ConsumeCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Console console;
  private final MessagePrinter printer;

  @Mixin private final ConsumedTopics topics = new ConsumedTopics();

  @Option(
      names = "--from-beginning",
      description = "Start at the oldest change; default: at new changes.")
  private boolean fromBeginning;

  @Option(names = "--max", paramLabel = "N", description = "Stop after N changes.")
  private long max = Long.MAX_VALUE;

  @Mixin private final ConsumeFilter filter = new ConsumeFilter();

  @ArgGroup private Style style = new Style();

  @Spec private CommandSpec spec = CommandSpec.create();

  private long printed;

  /** How a change is printed. */
  private static final class Style {
    @Option(
        names = "--raw",
        description =
            "Print each message's raw value, also of messages that are not changes; null if there"
                + " is none.")
    private boolean raw;

    @Option(names = "--pretty", description = "Print each change as JSON over several lines.")
    private boolean pretty;
  }

  /** Prints to the process's standard output. */
  public ConsumeCommand() {
    this(Console.ofProcess());
  }

  ConsumeCommand(Console console) {
    this.console = console;
    this.printer = new MessagePrinter(console.colours());
  }

  @Override
  public Integer call() {
    StopSignal stop = new StopSignal();
    Map<String, Object> properties = topics.properties();
    List<String> names = topics.names();
    try (Interrupts interrupts = new Interrupts(stop);
        ChangeReader reader =
            ChangeReader.open(properties, names, fromBeginning ? Start.BEGINNING : Start.END)) {
      interrupts.endWith(ExitCode.OK.number());
      TopicSurvey survey = TopicSurvey.of(properties, names);
      if (!fromBeginning) {
        print(reader); // From here on nothing is missed.
      }
      survey.lines(names, fromBeginning).forEach(this::report);
      while (printed < max && !stop.isRaised() && !console.isAbandoned()) {
        print(reader);
      }
      return ExitCode.OK.number();
    } catch (LostMessagesException e) {
      throw DeliveryException.fatal(FailureKind.POSITION_LOST, String.valueOf(e.getMessage()), e);
    } catch (KafkaException e) {
      throw DeliveryException.retriable(
          FailureKind.UNREACHABLE, topics + " cannot be read: " + e.getMessage(), e);
    } catch (MalformedChangeException e) {
      throw DeliveryException.fatal(
          FailureKind.SOURCE_DATA, e.getMessage() + ". fix: --raw prints messages of any kind", e);
    }
  }

  /** To standard error, because standard output contains only messages. */
  private void report(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("consume: " + line);
    err.flush();
  }

  private void print(ChangeReader reader) {
    if (style.raw) {
      reader.pollMessages(POLL).forEach(this::printRaw);
    } else {
      reader.poll(POLL).forEach(this::print);
    }
  }

  private void print(ChangeRecord record) {
    if (printed >= max || !filter.matches(record.change())) {
      return;
    }
    printed++;
    console.line(style.pretty ? record.change().toJson().toPrettyString() : line(record));
  }

  /** A message may contain several changes, or none. */
  private void printRaw(ConsumerRecord<byte[], byte[]> message) {
    if (printed >= max || !filter.matches(message)) {
      return;
    }
    printed++;
    byte[] value = message.value();
    console.line(value == null ? "null" : new String(value, StandardCharsets.UTF_8));
  }

  private String line(ChangeRecord record) {
    Long committed = record.change().source().committedMillis();
    String time = committed == null ? "" : TIME.format(Instant.ofEpochMilli(committed));
    return "%-12s  %s".formatted(time, printer.line(record));
  }
}
