package io.binlogbroker.broker.ddl;

import java.util.List;

/** DDL that could not be taken apart: what is known of every table that it may mean, is no more. */
record Unreadable(List<Token> tokens, String fault, LoggedStatement statement) implements Ddl {
  @Override
  public void apply(Tables tables) {
    for (Token token : tokens) {
      for (TableName name : tables.of(statement.schema())) {
        if (token.isNaming() && name.table().equalsIgnoreCase(token.text())) {
          tables.put(name, TableState.unknown(fault + ", in: " + statement.brief()));
        }
      }
    }
  }

  @Override
  public boolean ends(TableName name) {
    return tokens.stream()
        .anyMatch(token -> token.isNaming() && token.text().equalsIgnoreCase(name.table()));
  }
}
