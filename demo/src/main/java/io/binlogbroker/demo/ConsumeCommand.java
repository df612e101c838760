package io.binlogbroker.demo;

import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.StopSignal;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeReader.Start;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.MalformedChangeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code binlogbroker consume}: prints the changes in some topics, a line each, on the caller's
 * thread. Belongs to no consumer group, so it takes nothing away from anybody.
 */
@Command(
    name = "consume",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the changes in topics, one a line: when the source committed it, where it lies, its"
          + " key, what happened to which table, the columns.",
      "Only committed changes are shown, and nothing is taken from other consumers."
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
      description = "Start at the oldest change there is; default: at what comes from now on.")
  private boolean fromBeginning;

  @Option(names = "--max", paramLabel = "N", description = "Stop after so many changes.")
  private long max = Long.MAX_VALUE;

  @Mixin private final ConsumeFilter filter = new ConsumeFilter();

  @ArgGroup private Style style = new Style();

  private long printed;
  private @Nullable ChangeRecord rawPrinted;

  /** How a change is printed. */
  private static final class Style {
    @Option(names = "--raw", description = "Print each message's value as it is.")
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
    try (Interrupts interrupts = new Interrupts(stop);
        ChangeReader reader =
            ChangeReader.open(
                topics.properties(), topics.names(), fromBeginning ? Start.BEGINNING : Start.END)) {
      interrupts.endWith(ExitCode.OK.number());
      while (printed < max && !stop.isRaised() && !console.isAbandoned()) {
        reader.poll(POLL).forEach(this::print);
      }
      return ExitCode.OK.number();
    } catch (KafkaException e) {
      throw RelayException.passing(
          ExitCode.UNREACHABLE, topics + " cannot be read: " + e.getMessage(), e);
    } catch (MalformedChangeException e) {
      throw RelayException.fatal(ExitCode.SOURCE_DATA, String.valueOf(e.getMessage()), e);
    }
  }

  private void print(ChangeRecord record) {
    if (printed >= max || !filter.takes(record.change()) || isPrintedRaw(record)) {
      return;
    }
    printed++;
    rawPrinted = record;
    console.line(text(record));
  }

  /** A message may tell several changes; its value is printed once. */
  private boolean isPrintedRaw(ChangeRecord record) {
    return style.raw && rawPrinted != null && rawPrinted.value() == record.value();
  }

  private String text(ChangeRecord record) {
    if (style.raw) {
      return new String(record.value(), StandardCharsets.UTF_8);
    }
    return style.pretty ? record.change().toJson().toPrettyString() : line(record);
  }

  private String line(ChangeRecord record) {
    Long committed = record.change().source().committedMillis();
    String time = committed == null ? "" : TIME.format(Instant.ofEpochMilli(committed));
    return "%-12s  %s".formatted(time, printer.line(record));
  }
}
