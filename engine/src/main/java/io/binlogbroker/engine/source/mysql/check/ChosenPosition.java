package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A position that an operator has chosen, which begins a new epoch. Immutable.
 *
 * @param gtidSet executed before it; null where the operator does not give one
 * @param force names in messages what sets it without a check
 */
public record ChosenPosition(BinlogPosition place, @Nullable String gtidSet, String force) {
  /**
   * The position, if the server can continue from there.
   *
   * @param notes receives a warning about it
   * @throws DeliveryException when it cannot, or cannot be queried
   */
  public Position checked(MysqlPositions server, Consumer<String> notes) {
    Position position = unchecked(server);
    CheckResult check = server.check(position);
    if (check.ok() || check.isWarning() || check.kind() == FailureKind.SOURCE_DATA) {
      requireTransactionStart(server);
    }
    if (check.isWarning()) {
      notes.accept("Note: " + check.detail() + "; fix: " + check.fix() + ".");
      return position;
    }
    if (!check.ok()) {
      throw DeliveryException.fatal(Objects.requireNonNull(check.kind()), notSet(check.detail()));
    }
    return position;
  }

  /**
   * The position, completed by what the server knows.
   *
   * @throws DeliveryException when the server cannot be queried
   */
  public Position unchecked(MysqlPositions server) {
    return server.at(place, gtidSet, epoch());
  }

  /**
   * The position on a server that cannot be queried.
   *
   * @param serverUuid null where it is not known
   */
  public Position of(@Nullable String serverUuid) {
    return new Position(place, gtidSet, 0, 0, serverUuid, epoch());
  }

  private static String epoch() {
    return UUID.randomUUID().toString();
  }

  private void requireTransactionStart(MysqlPositions server) {
    try {
      server.requireTransactionStart(place);
    } catch (DeliveryException e) {
      throw DeliveryException.fatal(e.kind(), notSet(String.valueOf(e.getMessage())), e);
    }
  }

  /** Some reasons end with a full stop, others do not. */
  private String notSet(String reason) {
    String sentence = reason.endsWith(".") ? reason : reason + ".";
    return "Not set: " + sentence + " " + force + " sets it anyway.";
  }
}
