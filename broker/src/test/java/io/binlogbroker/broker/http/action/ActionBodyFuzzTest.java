package io.binlogbroker.broker.http.action;

import io.binlogbroker.binlog.Mutations;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged bodies of actions are either read or refused. */
class ActionBodyFuzzTest {
  private static final List<String> WORDS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "1e99999999999",
          "-1",
          "9223372036854775808",
          "null",
          "true",
          "\\u0000",
          "[[[[[[[[",
          "\"tables\":",
          ".",
          "\uFEFF");

  @Test
  void bodiesAreReadOrRefused() {
    List<String> bodies =
        List.of(
            "{\"schema\": \"a\", \"table\": \"b\\\\d\", \"force\": true}",
            "{\"tables\": [\"a.b\", \"c.d\"], \"where\": \"id > 5\", \"priority\": 3}");

    Mutations.ofTexts("actions", bodies, Set.of(InvalidBodyException.class), WORDS)
        .run(
            bytes -> {
              ActionBody body = ActionBody.of(bytes);
              var unused =
                  List.of(body.tables(), body.flag("force"), body.number("priority"), body.table());
              body.optional("where");
              body.end();
            });
  }
}
