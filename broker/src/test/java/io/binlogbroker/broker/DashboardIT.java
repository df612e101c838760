package io.binlogbroker.broker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.Unnamed;
import io.binlogbroker.broker.fixture.WebBrowser;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.process.Folders;
import io.binlogbroker.testkit.process.ReservedPort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard of a real broker in a real browser. {@code -Ddashboard.pictures=../docs} also
 * writes the pictures of the documentation, after minutes of load.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(600)
class DashboardIT {
  private static final String GROUP = "db_shop";
  private static final String SCHEMA = "store_db";
  private static final LocatorAssertions.ContainsTextOptions PATIENT =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
  private static final LocatorAssertions.HasTextOptions LONG =
      new LocatorAssertions.HasTextOptions().setTimeout(60_000);
  private static final String PICTURES = System.getProperty("dashboard.pictures", "");
  private static final Duration LOAD = Duration.ofMinutes(Integer.getInteger("dashboard.load", 6));

  @TempDir private Path state;
  private final ReservedPort port = ReservedPort.next();
  private final WebBrowser browser = WebBrowser.start();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();
  private MysqlServer mysql;
  private KafkaServer kafka;
  private Server server;
  private Thread process;

  @BeforeEach
  void create(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
    mysql.execute(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE " + SCHEMA + ".orders (id INT AUTO_INCREMENT PRIMARY KEY, n INT)",
        "CREATE TABLE " + SCHEMA + ".goods (id INT PRIMARY KEY)");
  }

  @AfterEach
  void drop() throws Exception {
    browser.close();
    stop();
    mysql.execute("DROP DATABASE " + SCHEMA);
  }

  @Test
  void thePageShowsWhatTheBrokerDoesAndSurvivesItsRestart() throws Exception {
    configure("");
    start();
    Page page = open(ColorScheme.LIGHT, 1280);
    assertThat(page.locator("h1")).containsText(GROUP + " works on ", PATIENT);

    for (int i = 0; i < 25; i++) {
      mysql.execute("INSERT INTO " + SCHEMA + ".orders (n) VALUES (1),(2),(3),(4),(5),(6),(7),(8)");
    }
    mysql.execute(
        "UPDATE " + SCHEMA + ".orders SET n = 0 WHERE id <= 3",
        "DELETE FROM " + SCHEMA + ".orders WHERE id = 1",
        "INSERT INTO " + SCHEMA + ".goods VALUES (1), (2)");

    Locator orders = row(page, SCHEMA + ".orders");
    assertThat(orders.locator("td").nth(4)).containsText("200", PATIENT);
    assertThat(orders.locator("td").nth(5)).hasText("3");
    assertThat(orders.locator("td").nth(6)).hasText("1");
    assertThat(mysql.value("SELECT COUNT(*) + 1 FROM " + SCHEMA + ".orders")).isEqualTo("200");
    assertThat(row(page, SCHEMA + ".goods").locator("td").nth(4)).hasText("2");
    assertThat(orders).containsText("streaming");
    assertThat(page.locator("h1")).containsText(" behind, ");
    assertThat(page.locator("[aria-label='Lag, last hour'] canvas")).isVisible();
    assertThat(page.locator("#events")).containsText("Reading from MySQL 8.0.33");
    page.getByText("Show the configuration").click();
    assertThat(page.locator("pre.config")).containsText("\"Sources\"");
    assertThat(page.locator("pre.config")).not().containsText("rep_user:rep_user");

    changeTables(page);
    pauseAndResume(page);
    editConfiguration(page);

    configure("\"Nonsense\":1,");
    assertThat(page.locator(".notice")).containsText("is refused", PATIENT);
    assertThat(page.locator(".notice")).containsText("fix: ");
    configure("");
    assertThat(page.locator("h1 + p")).containsText("Nothing needs you.", PATIENT);
    assertThat(errors).isEmpty();
    takePictures();

    stop();
    assertThat(page.locator("#connection")).containsText("No connection to the broker", PATIENT);
    makeUncertain();
    start();
    assertThat(page.locator("#connection")).containsText("Connected again", PATIENT);
    assertThat(page.locator("h1")).containsText(GROUP + " works on ", PATIENT);
    mysql.execute("INSERT INTO " + SCHEMA + ".orders (n) VALUES (1), (2)");
    assertThat(orders.locator("td").nth(4)).containsText("2", PATIENT);
    assertThat(page.locator(".notice.bad")).containsText(SCHEMA + ".goods is parked", PATIENT);
    assertThat(page.locator(".notice.bad")).containsText("RENAME COLUMN id TO code");
    assertThat(row(page, SCHEMA + ".goods")).containsText("parked", PATIENT);

    // The browser itself reports each request that fails meanwhile.
    assertThat(errors).allMatch(error -> error.startsWith("Failed to load resource: net::ERR_"));
    assertThat(hosts).containsExactly("127.0.0.1:" + port.number());
  }

  private void changeTables(Page page) {
    mysql.execute("CREATE TABLE " + SCHEMA + ".coupons (id INT PRIMARY KEY)");
    page.getByText("Add table…").click();
    page.getByLabel("Schema").fill(SCHEMA);
    page.locator("dialog [name=table]").fill("coupons");
    page.locator("dialog [name=key]").fill("@pk");
    assertThat(WebBrowser.violations(page)).isEmpty();
    page.getByText("Preview").click();
    assertThat(page.locator("dialog")).containsText("The key of its messages is @pk.");
    page.locator("dialog .primary").click();
    assertThat(page.locator("dialog")).containsText("is in force from binlog.", PATIENT);
    page.getByText("Close").click();

    mysql.execute("INSERT INTO " + SCHEMA + ".coupons VALUES (1), (2), (3)");
    assertThat(row(page, SCHEMA + ".coupons").locator("td").nth(4)).hasText("3", LONG);

    row(page, SCHEMA + ".coupons").getByText("Remove").click();
    assertThat(page.locator("dialog")).containsText("are no longer delivered.");
    page.locator("dialog .primary").click();
    assertThat(page.locator("dialog")).containsText("is in force from binlog.", PATIENT);
    page.getByText("Close").click();
    assertThat(row(page, SCHEMA + ".coupons")).containsText("not delivered", PATIENT);
  }

  private void pauseAndResume(Page page) {
    page.getByText("Pause…").click();
    page.locator("dialog .primary").click();
    assertThat(page.locator("dialog")).containsText("The delivery is paused.", PATIENT);
    page.getByText("Close").click();
    assertThat(page.locator("h1")).containsText(GROUP + " is paused on ", PATIENT);

    page.getByText("Resume…").click();
    page.locator("dialog .primary").click();
    assertThat(page.locator("dialog")).containsText("The delivery continues.", PATIENT);
    page.getByText("Close").click();
    mysql.execute("INSERT INTO " + SCHEMA + ".goods VALUES (3)");
    assertThat(row(page, SCHEMA + ".goods").locator("td").nth(4)).hasText("3", LONG);
  }

  private void editConfiguration(Page page) throws Exception {
    page.getByText("Edit…").click();
    Locator text = page.getByLabel("Text of the configuration");
    assertThat(text).hasValue(Pattern.compile("rep_user:\\*\\*\\*@tcp"));
    text.fill(
        text.inputValue()
            .replace("{\"Table\":\"goods\"}", "{\"Table\":\"goods\",\"Topic\":\"shop\"}"));
    page.getByText("Check…").click();
    assertThat(page.locator("#configuration ins")).containsText("\"Topic\":\"shop\"", PATIENT);
    page.locator("#configuration .primary").click();
    assertThat(page.locator("#configuration")).containsText("is in force from binlog.", PATIENT);
    page.getByText("Close").click();
    assertThat(row(page, SCHEMA + ".goods").locator("td").nth(1)).hasText("shop", LONG);
    assertThat(Files.readString(state.resolve("conf.json"))).contains("rep_user:rep_user@tcp");
  }

  /** The log does not name columns that were renamed since what the broker knows of them. */
  private void makeUncertain() throws Exception {
    Folders.delete(state.resolve(GROUP + ".catalogue"));
    configure("\"OnSchemaMismatch\":\"park\",");
    try (Unnamed unnamed = new Unnamed(mysql)) {
      mysql.execute(
          "INSERT INTO " + SCHEMA + ".goods VALUES (100)",
          "ALTER TABLE " + SCHEMA + ".goods RENAME COLUMN id TO code",
          "INSERT INTO " + SCHEMA + ".goods VALUES (101)");
    }
  }

  private static Locator row(Page page, String table) {
    return page.locator("#tables tbody tr").filter(new Locator.FilterOptions().setHasText(table));
  }

  private Page open(ColorScheme colors, int width) {
    Page page = browser.page("en-US", colors, width);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    page.onPageError(error -> errors.add("uncaught: " + error));
    page.onRequest(request -> hosts.add(URI.create(request.url()).getAuthority()));
    page.navigate("http://127.0.0.1:" + port.number() + "/");
    return page;
  }

  private void takePictures() throws Exception {
    if (PICTURES.isEmpty()) {
      return;
    }
    load(LOAD);
    for (ColorScheme colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = open(colors, 1280);
      assertThat(row(page, SCHEMA + ".orders")).containsText("streaming", PATIENT);
      load(Duration.ofSeconds(12));
      String name = "dashboard-" + colors.name().toLowerCase(Locale.ROOT) + ".png";
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(PICTURES, name)));
    }
  }

  private void load(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      mysql.execute(
          "INSERT INTO " + SCHEMA + ".orders (n) SELECT n FROM " + SCHEMA + ".orders LIMIT 80",
          "UPDATE " + SCHEMA + ".orders SET n = n + 1 LIMIT " + (i % 600 < 80 ? 400 : 100),
          "REPLACE INTO " + SCHEMA + ".goods VALUES (" + i % 50 + ")");
      Thread.sleep(50);
    }
  }

  private void configure(String more) throws Exception {
    String text =
        """
        {%s "Sources":[{"Schema":"store_db", "Tables":[{"Table":"orders"}, {"Table":"goods"}]}], "KafkaAddr":["%s"], "StateDir":"%s", "AllowPublicKeyRetrieval":true,
         "MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%d)"}
        """
            .formatted(more, kafka.bootstrapServers(), state, mysql.port());
    Files.writeString(state.resolve("conf.json"), text);
  }

  private void start() {
    FileConfigStore store = new FileConfigStore(state.resolve("conf.json"));
    ProcessMetrics metrics = new ProcessMetrics();
    Group group = new Group(GROUP, store, store.load(), new ProcessResources(metrics));
    AdminConfig admin = new AdminConfig("127.0.0.1:" + port.number(), List.of());
    server = new Server(admin, metrics, (failed, cause) -> errors.add("" + cause), false);
    server.add(group);
    process = new Thread(server::run, "server");
    process.start();
  }

  private void stop() throws Exception {
    server.stop();
    process.join();
  }
}
