package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * What one precondition of a broker's work turned out to be.
 *
 * @param name of the precondition, in a few words
 * @param ok whether it holds
 * @param kind of the failure that a broker would end with because it does not hold; null when it
 *     would work all the same
 * @param detail what was found
 * @param fix what to do or to run when it does not hold; empty when it does
 */
public record CheckResult(
    String name, boolean ok, @Nullable FailureKind kind, String detail, String fix) {
  public static CheckResult ok(String name, String detail) {
    return new CheckResult(name, true, null, detail, "");
  }

  /** A broker cannot work like this. */
  public static CheckResult notOk(String name, FailureKind kind, String detail, String fix) {
    return new CheckResult(name, false, kind, detail, fix);
  }

  /** A broker works like this, but less well, or not as its operator may think. */
  public static CheckResult warning(String name, String detail, String fix) {
    return new CheckResult(name, false, null, detail, fix);
  }

  /** What was asked could not be found out, or was refused. */
  public static CheckResult failed(String name, DeliveryException failure, String fix) {
    return notOk(name, failure.kind(), String.valueOf(failure.getMessage()), fix);
  }

  /** Whether it is only a warning. */
  public boolean isWarning() {
    return !ok && kind == null;
  }
}
