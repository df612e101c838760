package io.binlogbroker.cli.consume;

import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that select the changes to print. One thread. */
final class ConsumeFilter {
  @Option(
      names = "--table",
      paramLabel = "DB.TABLE",
      split = ",",
      description = "Only changes of these tables; * matches anything.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      split = ",",
      converter = Action.class,
      description = "Only insert, update, delete or read (a row of a snapshot).")
  private List<Operation> actions = new ArrayList<>();

  /** Reads an action in any case. */
  private static final class Action implements ITypeConverter<Operation> {
    @Override
    public Operation convert(String value) {
      return Stream.of(Operation.values())
          .filter(operation -> operation.name().equalsIgnoreCase(value))
          .findAny()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected insert, update, delete or read but got '" + value + "'"));
    }
  }

  boolean matches(RowChange change) {
    return (actions.isEmpty() || actions.contains(change.operation()))
        && (tables.isEmpty() || tables.stream().anyMatch(table -> isOf(table, change)));
  }

  /** Any message without a filter, otherwise a message with a matching change. */
  boolean matches(ConsumerRecord<byte[], byte[]> message) {
    if (actions.isEmpty() && tables.isEmpty()) {
      return true;
    }
    try {
      return ChangeRecord.allOf(message).stream().anyMatch(record -> matches(record.change()));
    } catch (MalformedChangeException e) {
      return false; // It belongs to no table.
    }
  }

  private static boolean isOf(String table, RowChange change) {
    String pattern = Pattern.quote(table).replace("*", "\\E.*\\Q");
    return change.source().table().toString().matches(pattern);
  }
}
