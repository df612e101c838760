package io.binlogbroker.bench.subject;

import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;

/**
 * The servers that a subject reads from and writes to.
 *
 * @param kafka bootstrap servers
 * @param folder for the files of all runs; deleted at the end
 */
public record Servers(MysqlServer mysql, String kafka, Path folder) {
  public static final String USER = "rep_user";
  public static final String PASSWORD = "rep_user";
}
