package io.binlogbroker.broker.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.event.HostName;
import io.binlogbroker.broker.fixture.WebBrowser;
import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.fleet.Standby;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.broker.ha.LeaseTime;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard in a real browser, with groups in the states that tests set. */
@Timeout(120)
class DashboardPageIT {
  private static final int DESKTOP = 1280;
  private static final int PHONE = 360;
  private static final String HOSTILE = "<img src=x onerror=document.title='run'>";

  private static WebBrowser browser = null;

  private final FakeState mall = new FakeState();
  private final FakeState social = new FakeState();
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final HttpServer server =
      HttpServer.open("127.0.0.1:0", List.of(), List.of(mall, social), metrics);
  private final List<String> errors = new ArrayList<>();

  DashboardPageIT() {
    mall.master = true;
    social.name = "db_social";
  }

  @BeforeAll
  static void startBrowser() {
    browser = WebBrowser.start();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void severalGroupsAreListedWithTheirFaults() {
    social.failure = "etcd does not answer.";

    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/");

    assertThat(page.locator("h1")).hasText("1 of 2 groups work");
    assertThat(page.locator("tbody")).containsText("etcd does not answer.");

    page.locator("header select").selectOption("db_social");

    assertThat(page.locator("h1")).containsText("db_social does not work on ");
    assertThat(page.locator(".notice").first()).containsText("fix: ");
    page.goBack();
    assertThat(page.locator("h1")).hasText("1 of 2 groups work");
    assertThat(errors).isEmpty();
  }

  @Test
  void whatNeedsTheReaderIsShownWithItsFixAndNamesAreNoCode() {
    BinlogPosition place = new BinlogPosition("binlog.000002", 99);
    mall.parked = List.of(new ParkedTable("mall", HOSTILE, place, "altered " + HOSTILE, "e"));
    mall.rules = new RulesStatus(1, null, 2, "Expected a topic at \"Tables\"");
    metrics.of("db_mall").counter(Metric.ROWS, "mall", HOSTILE, "insert").add(1234);

    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/?group=db_mall");

    assertThat(page.locator(".notice").first()).containsText("mall." + HOSTILE + " is parked");
    assertThat(page.locator(".notice").first())
        .containsText("binlogbroker position set -g db_mall");
    assertThat(page.locator(".notice").nth(1)).containsText("Revision 2 of the configuration");
    assertThat(page.locator("tbody")).containsText("1,234");
    page.getByLabel("Search tables and topics").fill("onerror");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page).hasTitle("db_mall · binlogbroker");
    assertThat(page.locator("img")).hasCount(1); // the logo
    assertThat(errors).isEmpty();
  }

  @Test
  void theBrokersOfTheGroupAreShownAsTheElectionKnowsThem() {
    Instant since = Instant.now().minusSeconds(7260);
    Standby waiting = new Standby(new BrokerProcess("other", 77), since);
    Standby own = new Standby(new BrokerProcess(HostName.ofThis(), 1), since);
    LeaseTime lease = new LeaseTime(10, 8);
    mall.members = new GroupMembers(null, lease, List.of(waiting));
    social.members =
        new GroupMembers(new Master("other", 77, since, null), lease, List.of(own, waiting));
    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/?group=db_mall");
    Locator hosts = page.locator(".host");

    assertThat(hosts.first()).containsText("lease of the group: 10 s from each renewal, 8 s left");
    assertThat(hosts.nth(1)).containsText("other · slavesince 2 h 1 min · process 77standing by");
    page.locator("header select").selectOption("db_social");
    assertThat(hosts.nth(1)).containsText("other · mastersince 2 h 1 min · process 77 · holds");
    assertThat(hosts.nth(2)).containsText("other · slave");
    assertThat(hosts).hasCount(4); // and the source
    mall.members = new GroupMembers(null, lease, List.of());
    page.locator("header select").selectOption("db_mall");
    assertThat(hosts.nth(1)).containsText("No other broker stands by");
  }

  @Test
  void theDeliveryIsPausedAndResumedAndItsMasterResignsByClicks() {
    mall.secondsToPurge = 7200;
    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/?group=db_mall");

    page.getByText("Pause…").click();
    assertThat(dialog(page)).containsText("nothing is delivered until");
    assertThat(dialog(page)).containsText("which may be in 2 h.");
    confirm(page);
    assertThat(dialog(page)).containsText("The delivery is paused.");
    close(page);
    mall.paused = true;
    assertThat(page.locator("h1")).containsText("db_mall is paused on ");
    page.getByText("Resume…").click();
    confirm(page);
    assertThat(dialog(page)).containsText("The delivery continues.");
    close(page);
    mall.control.failure = new ConflictException("b is the master; fix: send it to b");
    page.getByText("Resign…").click();
    confirm(page);
    assertThat(dialog(page).getByRole(AriaRole.ALERT)).hasText("b is the masterfix: send it to b");
    assertThat(WebBrowser.violations(page)).isEmpty();
    page.keyboard().press("Escape");
    assertThat(dialog(page)).hasCount(0);

    assertThat(mall.control.calls).hasSize(3).last().asString().startsWith("resign by ");
    page.navigate("http://" + server.address() + "/?group=db_social");
    assertThat(page.locator("h1")).containsText("db_social stands by");
    assertThat(page.getByText("Resign…")).hasCount(0);
    assertThat(errors).hasSize(1).first().asString().contains("409");
  }

  @Test
  void theTokenIsAskedForOnceAndAgainWhenItIsWrong() {
    AdminConfig secured = new AdminConfig("127.0.0.1:0", List.of(), "correct-horse-battery", null);
    try (HttpServer other = HttpServer.open(secured, List.of(mall), metrics)) {
      Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/");
      page.navigate("http://" + other.address() + "/");

      page.getByText("Pause…").click();
      assertThat(page.getByLabel("AdminToken")).hasCount(0);
      confirm(page);
      page.getByLabel("AdminToken").fill("a guess");
      confirm(page);
      assertThat(dialog(page).getByRole(AriaRole.ALERT)).hasText("wrong token");
      page.getByLabel("AdminToken").fill("correct-horse-battery");
      confirm(page);
      assertThat(dialog(page)).containsText("The delivery is paused.");
      close(page);
      page.getByText("Resign…").click();
      confirm(page);
      assertThat(dialog(page)).containsText("The broker resigns.");

      assertThat(mall.control.calls).hasSize(2);
    }
  }

  @Test
  void snapshotsAreStartedPausedAndCancelledInTheRowOfTheirTable() throws Exception {
    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/?group=db_mall");

    page.getByLabel("Start snapshot mall.goods").click();
    page.locator("dialog [name=tables]").fill("mall.goods, mall.orders");
    page.locator("dialog [name=where]").fill("id > 7");
    confirm(page);
    assertThat(dialog(page)).containsText("mall.goods, mall.orders");
    mall.snapshots = List.of(snapshot("READING"));
    confirm(page);
    assertThat(dialog(page)).containsText("Requested.");
    close(page);
    page.getByLabel("Pause snapshot mall.goods").click();
    mall.snapshots = List.of(snapshot("PAUSED"));
    confirm(page);
    assertThat(dialog(page)).containsText("Requested.");
    close(page);
    assertThat(page.getByLabel("Resume snapshot mall.goods")).isVisible();
    page.getByLabel("Cancel snapshot mall.goods").click();
    confirm(page);
    assertThat(dialog(page)).containsText("Requested.");

    assertThat(mall.control.calls)
        .containsExactly(
            "start [mall.goods, mall.orders] id > 7 0",
            "PAUSE [mall.goods]",
            "CANCEL [mall.goods]");
    assertThat(errors).isEmpty();
  }

  @Test
  void theConfigurationIsEditedCheckedComparedAndSaved() {
    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/?group=db_mall");

    page.getByText("Edit…").click();
    Locator text = page.getByLabel("Text of the configuration");
    assertThat(text).isFocused();
    assertThat(text).hasValue(Pattern.compile("u:\\*\\*\\*@tcp"));
    String edited = text.inputValue().replace("goods", "users");
    text.fill(edited);
    mall.control.failure =
        new ConfigException(List.of(new Fault("Sources[0].Tables", "names a table twice")));
    page.getByText("Check…").click();
    assertThat(configuration(page).getByRole(AriaRole.ALERT)).containsText("names a table twice");
    assertThat(text).hasValue(edited);
    mall.control.failure = null;
    page.getByText("Check…").click();
    assertThat(configuration(page).locator("del")).containsText("{\"Table\": \"goods\"}");
    assertThat(configuration(page).locator("ins")).containsText("{\"Table\": \"users\"}");
    assertThat(configuration(page)).containsText("mall.users -> users");
    assertThat(configuration(page)).containsText("only with a restart");
    assertThat(WebBrowser.violations(page)).isEmpty();
    mall.rules = new RulesStatus(15, new BinlogPosition("binlog.000007", 1944), 0, null);
    page.locator("#configuration .primary").click();
    assertThat(configuration(page)).containsText("Revision 15 is in force from binlog.000007");
    page.getByText("Close").click();

    assertThat(mall.control.calls).hasSize(3).last().isEqualTo("put " + edited + " 12 false");
    assertThat(page.getByText("Edit…")).isVisible();
  }

  @Test
  void anEditedTextIsKeptAndMergedWhenSomebodyElseSavesMeanwhile() {
    mall.config = stored(12, "goods", "k:9092");
    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/?group=db_mall");

    page.getByText("Edit…").click();
    Locator text = page.getByLabel("Text of the configuration");
    text.fill(text.inputValue().replace("goods", "users"));
    page.getByText("Close").click();
    mall.config = stored(13, "goods", "k2:9092");
    mall.control.failure = new ConflictException("revision 12 is not the newest");
    page.getByText("Continue editing…").click();
    page.getByText("Check…").click();
    assertThat(configuration(page)).containsText("Revision 13 has been saved meanwhile");
    assertThat(configuration(page).locator("ins")).containsText("k2:9092");
    assertThat(WebBrowser.violations(page)).isEmpty();
    page.getByText("Merge them into my text").click();
    assertThat(text).hasValue(Pattern.compile("k2:9092.*users", Pattern.DOTALL));
    mall.config = stored(14, "orders", "k2:9092");
    page.getByText("Check…").click();
    assertThat(configuration(page)).containsText("They touch the same lines as yours");
    mall.control.failure = null;
    page.getByText("Replace them by my text").click();
    page.getByText("Check…").click();
    assertThat(configuration(page).locator("del")).containsText("orders");
    page.locator("#configuration .primary").click();
    assertThat(configuration(page)).containsText("Written as revision 15");

    assertThat(mall.control.calls)
        .last()
        .asString()
        .contains("k2:9092", "users")
        .doesNotContain("orders")
        .endsWith(" 14 false");
  }

  private static StoredConfig stored(long revision, String table, String kafka) {
    String text =
        """
        {
          "KafkaAddr": ["%s"],
          "MysqlConn": "u:secret1@tcp(db:3306)",
          "Sources": [
            {"Schema": "mall", "Tables": [{"Table": "%s"}]}
          ]
        }
        """
            .formatted(kafka, table);
    return new StoredConfig(FakeState.config(text).config(), revision, text);
  }

  private static Locator configuration(Page page) {
    return page.locator("#configuration");
  }

  private static SnapshotProgress snapshot(String status) throws IOException {
    String json =
        "{\"schema\":\"mall\",\"table\":\"goods\",\"status\":\"%s\",\"started\":0,\"estimate\":100,"
            + "\"rows\":40,\"skipped\":2,\"ranges\":[{}]}";
    return new SnapshotProgress(
        SnapshotState.of(json.formatted(status).getBytes(UTF_8)), 0, 0, 0, null);
  }

  private static Locator dialog(Page page) {
    return page.locator("dialog");
  }

  private static void confirm(Page page) {
    page.locator("dialog .primary").click();
  }

  private static void close(Page page) {
    page.getByText("Close", new Page.GetByTextOptions().setExact(true)).click();
  }

  @Test
  void itFitsAPhoneAndIsAccessibleInLightAndDarkAndInChinese() {
    mall.parked =
        List.of(
            new ParkedTable("mall", "t".repeat(60), new BinlogPosition("b.1", 4), "altered", "e"));

    Page light = open("en-US", ColorScheme.LIGHT, PHONE, "/?group=db_mall");
    assertThat(light.locator("#tables tbody tr")).hasCount(2);
    assertThat(WebBrowser.violations(light)).isEmpty();
    light.getByText("Edit…").click();
    assertThat(WebBrowser.violations(light)).isEmpty();
    assertThat(WebBrowser.scrollsHorizontally(light)).isFalse();

    Page dark = open("zh-CN", ColorScheme.DARK, DESKTOP, "/?group=db_mall");
    assertThat(dark.locator("h1")).containsText("db_mall 正在 ");
    assertThat(dark.locator("html")).hasAttribute("lang", "zh-CN");
    assertThat(dark.locator("#tables tbody tr")).hasCount(2);
    assertThat(WebBrowser.violations(dark)).isEmpty();

    dark.getByText("English").click();
    dark.reload();
    assertThat(dark.locator("h1")).containsText("db_mall works on ");
    assertThat(errors).isEmpty();
  }

  /** Characters without a font are all drawn as the same box. */
  @Test
  void theButtonForChineseIsDrawnInChinese() {
    Page page = open("en-US", ColorScheme.LIGHT, DESKTOP, "/?group=db_mall");

    Object drawn =
        page.evaluate(
            """
            () => new Set([...document.querySelector('header button').textContent].map(character => {
              const canvas = document.createElement('canvas');
              const context = canvas.getContext('2d');
              context.font = '40px ' + getComputedStyle(document.body).fontFamily;
              context.fillText(character, 10, 60);
              return canvas.toDataURL();
            })).size
            """);

    assertThat(page.locator("header button")).hasText("中文");
    assertThat(drawn).isEqualTo(2);
  }

  private Page open(String language, ColorScheme colors, int width, String path) {
    Page page = browser.page(language, colors, width);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
    page.navigate("http://" + server.address() + path);
    return page;
  }
}
