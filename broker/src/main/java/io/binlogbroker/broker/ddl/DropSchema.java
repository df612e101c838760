package io.binlogbroker.broker.ddl;

/** DROP DATABASE, with all its tables. */
record DropSchema(String schema, LoggedStatement statement) implements Ddl {
  @Override
  public void apply(Tables tables) {
    for (TableName name : tables.of(schema)) {
      tables.put(name, TableState.absent(statement.brief()));
    }
  }

  @Override
  public boolean ends(TableName name) {
    return name.schema().equals(schema);
  }
}
