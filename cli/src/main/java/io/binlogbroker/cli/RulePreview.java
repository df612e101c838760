package io.binlogbroker.cli;

import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.route.Routes;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Prints what changed rules would deliver before they are written, or refuses them. One thread. */
final class RulePreview {
  private final PrintStream out;

  RulePreview(PrintStream out) {
    this.out = out;
  }

  /** Prints the rules whose lines are wanted, and what the user should know about any. */
  void print(Routes routes, Predicate<String> wanted) {
    routes.describe().stream().filter(wanted).forEach(out::println);
    routes.notes().forEach(note -> out.println("Note: " + note));
  }

  /**
   * Prints the server's warnings.
   *
   * @param otherwise the option that does without this
   * @throws DeliveryException when the server has what a broker could not work with
   */
  void require(List<CheckResult> results, String otherwise) {
    for (CheckResult result : results) {
      String said = result.name() + " " + result.detail();
      if (result.isWarning()) {
        out.println("Note: " + said);
      } else if (!result.ok()) {
        throw DeliveryException.fatal(
            Objects.requireNonNull(result.kind()),
            "Not written: " + said + ". " + otherwise + " writes it all the same");
      }
    }
  }
}
