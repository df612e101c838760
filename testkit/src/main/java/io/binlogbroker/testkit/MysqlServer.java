package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.process.ChildProcess;
import io.binlogbroker.testkit.process.ServerException;
import io.binlogbroker.testkit.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL or MariaDB server in its own process on 127.0.0.1, with a free port and a data folder
 * that exists until {@link #close}. By default it writes a row-based binlog with full metadata, if
 * its version supports that. Used by one thread at a time.
 *
 * <pre>{@code
 * try (MysqlServer mysql = MysqlServer.mysql8033().with("gtid_mode", "ON").start()) {
 *   mysql.execute("CREATE DATABASE mall_db");
 * }
 * }</pre>
 *
 * <p>The server ends with this JVM, even if that is killed; see {@link ChildProcess}.
 */
public final class MysqlServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final MysqlVersion version;
  private final CacheFolder cache;
  private final Map<String, String> options;
  private final ServerProcess process;

  public MysqlServer(MysqlVersion version, CacheFolder cache) {
    this.version = version;
    this.cache = cache;
    this.options = version.defaultOptions();
    this.process = new ServerProcess(version.label(), 1);
  }

  public static MysqlServer mysql8033() {
    return new MysqlServer(MysqlVersion.MYSQL_8_0_33, CacheFolder.ofUser());
  }

  public static MysqlServer mysql8012() {
    return new MysqlServer(MysqlVersion.MYSQL_8_0_12, CacheFolder.ofUser());
  }

  public static MysqlServer mysql5722() {
    return new MysqlServer(MysqlVersion.MYSQL_5_7_22, CacheFolder.ofUser());
  }

  public static MysqlServer mariadb1011() {
    return new MysqlServer(MysqlVersion.MARIADB_10_11, CacheFolder.ofUser());
  }

  public static MysqlServer mariadb114() {
    return new MysqlServer(MysqlVersion.MARIADB_11_4, CacheFolder.ofUser());
  }

  /** Sets an option of the server program, from the next start on. */
  public MysqlServer with(String option, String value) {
    options.put(option.toLowerCase(Locale.ROOT).replace('-', '_'), value);
    return this;
  }

  /** Whether the server program is in the cache; if not, the first start downloads it. */
  public boolean isFetched() {
    return version.files().isFetched(cache);
  }

  /**
   * Starts the server, also again after {@link #stop} or {@link #kill}, and waits until it is
   * ready.
   */
  public MysqlServer start() {
    process.start(this::launch);
    return this;
  }

  private void launch() throws IOException {
    Path home = version.files().home(cache);
    Map<String, String> environment = version.files().environment(home, cache);
    if (process.createFolderOnce()) {
      new MysqlTemplate(version, home, cache, environment).copyTo(dataFolder(), options);
    }
    process
        .launch(commandLine(home), environment, errorLog())
        .awaitReady(START_LIMIT, this::isReady);
  }

  private List<String> commandLine(Path home) {
    List<String> line = new ArrayList<>(version.files().command(home));
    line.addAll(fixedArguments(version, home, dataFolder()));
    line.add("--port=" + port());
    line.add("--pid-file=" + process.folder().resolve("server.pid"));
    options.forEach((option, value) -> line.add("--" + option + "=" + value));
    return line;
  }

  /** Arguments of both a server and its initialization. */
  static List<String> fixedArguments(MysqlVersion version, Path home, Path dataFolder) {
    Path share = version.files().share(home);
    List<String> line =
        new ArrayList<>(
            List.of(
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + dataFolder,
                // At its start MariaDB removes the temporary tables of all servers that share the
                // folder.
                "--tmpdir=" + dataFolder,
                "--lc-messages-dir=" + share,
                "--character-sets-dir=" + share.resolve("charsets"),
                // Relative to the data folder: a socket's whole path has at most 107 bytes.
                "--socket=server.sock"));
    if ("root".equals(System.getProperty("user.name"))) {
      line.add("--user=root");
    }
    return line;
  }

  private boolean isReady() throws SQLException {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    }
  }

  /** Shuts the server down and keeps its data. */
  public void stop() {
    process.stop();
  }

  /** Kills the server with SIGKILL, like a crash, and keeps its data. */
  public void kill() {
    process.kill();
  }

  public MysqlServer restart() {
    stop();
    return start();
  }

  /** Kills the server if it runs, and deletes its data. */
  @Override
  public void close() {
    process.close();
  }

  public boolean isRunning() {
    return process.isRunning();
  }

  public MysqlVersion version() {
    return version;
  }

  public long pid() {
    return process.pid();
  }

  /** The server's port, after {@link #start}. */
  public int port() {
    return process.port(0);
  }

  /** The server's data directory, with its binlog files and MySQL's generated TLS files. */
  public Path dataFolder() {
    return process.folder().resolve("data");
  }

  public Path errorLog() {
    return process.folder().resolve("error.log");
  }

  /** The CA certificate of the server's generated certificate. MySQL only. */
  public Path caCertificate() {
    return dataFolder().resolve("ca.pem");
  }

  public String jdbcUrl() {
    return "jdbc:mariadb://127.0.0.1:" + port() + "/";
  }

  /** Opens a connection as {@code root}. */
  public Connection connect() throws SQLException {
    return connect("root", "");
  }

  public Connection connect(String user, String password) throws SQLException {
    String url = jdbcUrl() + "?allowPublicKeyRetrieval=true&allowMultiQueries=true";
    return DriverManager.getConnection(url, user, password);
  }

  /** Runs statements as {@code root}, all in one session. */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        run(statement, sql);
      }
    } catch (SQLException e) {
      throw new ServerException("Could not connect to " + this, e);
    }
  }

  private void run(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new ServerException(this + " refused '" + sql + "': " + e.getMessage(), e);
    }
  }

  /** Returns the rows of a query as text, by column label in the query's order. */
  public List<Map<String, @Nullable String>> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<Map<String, @Nullable String>> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new ServerException(this + " refused '" + sql + "': " + e.getMessage(), e);
    }
  }

  /** Returns the first column of a query's only row, as text. */
  public @Nullable String value(String sql) {
    List<Map<String, @Nullable String>> rows = query(sql);
    if (rows.size() != 1) {
      throw new ServerException("Expected one row from '" + sql + "' but got " + rows.size());
    }
    return rows.get(0).values().iterator().next();
  }

  private static Map<String, @Nullable String> row(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      row.put(columns.getColumnLabel(column), rows.getString(column));
    }
    return row;
  }

  /**
   * Creates a user who can read the binlog and every table. The statements are not logged.
   *
   * @param plugin authentication plugin, for example {@code caching_sha2_password}
   */
  public void createReplicationUser(String name, String password, String plugin) {
    String login =
        version.isMariaDb()
            ? "VIA " + plugin + " USING PASSWORD('" + password + "')"
            : "WITH " + plugin + " BY '" + password + "'";
    execute(
        "SET SESSION sql_log_bin = 0",
        "CREATE USER '" + name + "'@'%' IDENTIFIED " + login,
        "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '" + name + "'@'%'");
  }

  /** Creates a user with the default authentication plugin of the server's version. */
  public void createReplicationUser(String name, String password) {
    createReplicationUser(name, password, version.loginPlugin());
  }

  @Override
  public String toString() {
    return version.label() + " on port " + port();
  }
}
