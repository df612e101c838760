package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * The result of checking one precondition of a broker.
 *
 * @param name of the precondition, in a few words
 * @param ok whether it is fulfilled
 * @param kind of the failure that the broker would end with; null when the broker can work
 *     nevertheless
 * @param detail what was found
 * @param fix what to do or run when the precondition is not fulfilled; empty when it is
 */
public record CheckResult(
    String name, boolean ok, @Nullable FailureKind kind, String detail, String fix) {
  public static CheckResult ok(String name, String detail) {
    return new CheckResult(name, true, null, detail, "");
  }

  /** A failed check: the broker cannot work. */
  public static CheckResult notOk(String name, FailureKind kind, String detail, String fix) {
    return new CheckResult(name, false, kind, detail, fix);
  }

  /**
   * A warning: the broker works, but not as well as it could, or not as its operator may expect.
   */
  public static CheckResult warning(String name, String detail, String fix) {
    return new CheckResult(name, false, null, detail, fix);
  }

  /** A check that could not be carried out, or that the server refused. */
  public static CheckResult failed(String name, DeliveryException failure, String fix) {
    return notOk(name, failure.kind(), String.valueOf(failure.getMessage()), fix);
  }

  /** Whether it is only a warning. */
  public boolean isWarning() {
    return !ok && kind == null;
  }
}
