package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** DDL that could not be parsed: every table that it may name becomes unknown. */
record Unreadable(List<Token> tokens, String fault, LoggedStatement statement) implements Ddl {
  @Override
  public void apply(Tables tables) {
    Set<String> named = named();
    named.add(folded(statement.schema()));
    for (TableName name : tables.all()) {
      if (named.contains(folded(name.schema())) && named.contains(folded(name.table()))) {
        tables.put(name, TableState.unknown(fault + ", in: " + statement.brief()));
      }
    }
  }

  private Set<String> named() {
    return tokens.stream()
        .filter(Token::isNaming)
        .map(token -> folded(token.text()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Case-folded: equal for texts that differ only in case. */
  private static String folded(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean invalidates(TableName name) {
    return tokens.stream()
        .anyMatch(token -> token.isNaming() && token.text().equalsIgnoreCase(name.table()));
  }
}
