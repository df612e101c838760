package io.binlogbroker.broker.relay;

/**
 * What one precondition of a broker's work turned out to be.
 *
 * @param name of the precondition, in a few words
 * @param ok whether it holds
 * @param detail what was found
 * @param mend what to do or to run when it does not hold; empty when it does
 */
public record CheckResult(String name, boolean ok, String detail, String mend) {
  public static CheckResult ok(String name, String detail) {
    return new CheckResult(name, true, detail, "");
  }

  public static CheckResult notOk(String name, String detail, String mend) {
    return new CheckResult(name, false, detail, mend);
  }
}
