package io.binlogbroker.cli.config;

import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.route.Routes;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Prints what changed rules would deliver, or refuses them, before they are written. One thread.
 */
final class RulePreview {
  private final PrintStream out;

  RulePreview(PrintStream out) {
    this.out = out;
  }

  /** Prints the selected rules and the notes about all rules. */
  void print(Routes routes, Predicate<String> wanted) {
    routes.describe().stream().filter(wanted).forEach(out::println);
    routes.notes().forEach(note -> out.println("Note: " + note));
  }

  /**
   * Prints the server's warnings.
   *
   * @param otherwise the option that skips this check
   * @throws DeliveryException when a check failed
   */
  void require(List<CheckResult> results, String otherwise) {
    for (CheckResult result : results) {
      String text = result.name() + " " + result.detail();
      if (result.isWarning()) {
        out.println("Note: " + text);
      } else if (!result.ok()) {
        throw DeliveryException.fatal(
            Objects.requireNonNull(result.kind()),
            "Not written: " + text + ". " + otherwise + " writes it anyway");
      }
    }
  }
}
