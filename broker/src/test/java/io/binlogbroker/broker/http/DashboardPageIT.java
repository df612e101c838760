package io.binlogbroker.broker.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.fixture.WebBrowser;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import java.util.ArrayList;
import java.util.List;
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
  void itFitsAPhoneAndIsAccessibleInLightAndDarkAndInChinese() {
    mall.parked =
        List.of(
            new ParkedTable("mall", "t".repeat(60), new BinlogPosition("b.1", 4), "altered", "e"));

    Page light = open("en-US", ColorScheme.LIGHT, PHONE, "/?group=db_mall");
    assertThat(light.locator("#tables tbody tr")).hasCount(2);
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
