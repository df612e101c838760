package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.fleet.Standby;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.broker.ha.LeaseTime;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeState mall = new FakeState();
  private final FakeState social = new FakeState();
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final HttpServer server =
      HttpServer.open("127.0.0.1:0", List.of(), List.of(mall, social), metrics);
  private final HttpClient client = HttpClient.newHttpClient();

  ApiTest() {
    mall.master = true;
    social.name = "db social/2";
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void groupsAreListedWithTheirProblems() throws Exception {
    social.failure = "etcd does not answer.";

    JsonNode groups = json("/api/v1/groups").get("groups");

    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).get("role").asText()).isEqualTo("master");
    assertThat(groups.get(0).get("ready").asBoolean()).isTrue();
    assertThat(groups.get(0).get("problem").isNull()).isTrue();
    assertThat(groups.get(0).at("/committed/pos").asInt()).isEqualTo(1944);
    assertThat(groups.get(0).get("bytes_behind").isNull()).isTrue();
    assertThat(groups.get(1).at("/problem/problem").asText()).isEqualTo("etcd does not answer.");
  }

  @Test
  void aGroupShowsItsWholeState() throws Exception {
    JsonNode group = json("/api/v1/groups/db_mall");

    assertThat(group.at("/rules/applied_revision").asInt()).isEqualTo(1);
    assertThat(group.at("/servers/0").asText()).isEqualTo("db.internal:3306");
    assertThat(group.at("/statement_events").asInt()).isEqualTo(3);
  }

  @Test
  void aSlaveShowsTheMasterItsLeaseAndTheStandbys() throws Exception {
    Instant since = Instant.now().minusSeconds(90);
    mall.members =
        new GroupMembers(
            new Master("host-a", 7, since, null),
            new LeaseTime(10, 8),
            List.of(new Standby(new BrokerProcess("host-b", 8), since)));

    JsonNode group = json("/api/v1/groups/db_mall");

    assertThat(group.at("/master/host").asText()).isEqualTo("host-a");
    assertThat(group.at("/master/since").asText()).isEqualTo(since.toString());
    assertThat(group.at("/master/seconds").asLong()).isBetween(90L, 150L);
    assertThat(group.get("lease").toString()).isEqualTo("{\"seconds\":10,\"remaining_seconds\":8}");
    assertThat(group.at("/standbys/0/host").asText()).isEqualTo("host-b");
    assertThat(group.at("/standbys/0/pid").asInt()).isEqualTo(8);
  }

  @Test
  void aGroupWhoseBrokersAreNotKnownShowsNone() throws Exception {
    JsonNode group = json("/api/v1/groups/db_mall");

    assertThat(group.get("master").isNull()).isTrue();
    assertThat(group.get("lease").isNull()).isTrue();
    assertThat(group.get("standbys").isEmpty()).isTrue();
  }

  @Test
  void aTableShowsItsRuleRowsAndFault() throws Exception {
    metrics.of("db_mall").counter(Metric.ROWS, "mall", "goods", "insert").add(7);
    metrics.of("db_mall").counter(Metric.BYTES, "mall", "goods", "insert").add(99);
    metrics.of("db social/2").counter(Metric.ROWS, "mall", "goods", "insert").add(5);
    BinlogPosition place = new BinlogPosition("binlog.000002", 99);
    mall.parked = List.of(new ParkedTable("mall", "goods", place, "altered", "e"));

    JsonNode tables = json("/api/v1/groups/db_mall/tables").get("tables");

    assertThat(tables).hasSize(1);
    assertThat(tables.get(0).get("topic").asText()).isEqualTo("topic_goods");
    assertThat(tables.get(0).get("key").asText()).contains("id");
    assertThat(tables.get(0).at("/rows/insert").asInt()).isEqualTo(7);
    assertThat(tables.get(0).at("/bytes/insert").asInt()).isEqualTo(99);
    assertThat(tables.get(0).at("/parked/reason").asText()).isEqualTo("altered");
  }

  @Test
  void theHistoryOfAGroupBeginsWhenItIsMaster() throws Exception {
    JsonNode history = json("/api/v1/groups/db_mall/history?since=0");

    assertThat(history.get("interval_seconds").asInt()).isEqualTo(5);
    assertThat(history.get("times").isArray()).isTrue();
    assertThat(get("/api/v1/groups/other/history").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/groups/db_mall/history?since=-1").statusCode()).isEqualTo(400);
  }

  @Test
  void eventsAreListedFromTheNewest() throws Exception {
    mall.events = List.of(event("1-a", "Started"), event("2-a", "Master"), event("3-a", "Reading"));

    JsonNode all = json("/api/v1/groups/db_mall/events").get("events");
    JsonNode last = json("/api/v1/groups/db_mall/events?limit=2").get("events");

    assertThat(all.findValuesAsText("text")).containsExactly("Reading", "Master", "Started");
    assertThat(last.findValuesAsText("id")).containsExactly("3-a", "2-a");
    assertThat(last.get(0).get("severity").asText()).isEqualTo("info");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "201", "x", "", "99999999999"})
  void anInvalidLimitIsRefused(String limit) throws Exception {
    HttpResponse<String> answer = get("/api/v1/groups/db_mall/events?limit=" + limit);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("1 to 200");
  }

  private static GroupEvent event(String id, String text) {
    return new GroupEvent(
        id, Instant.EPOCH, Instant.EPOCH, 1, "host", EventKind.READING, text, null, null);
  }

  @Test
  void theConfigurationIsShownWithoutSecrets() throws Exception {
    JsonNode config = json("/api/v1/groups/db_mall/config");

    assertThat(config.get("revision").asInt()).isEqualTo(12);
    assertThat(config.get("text").asText())
        .contains("\"Table\": \"goods\"", "u:***@tcp(db:3306)")
        .doesNotContain("secret1");
    assertThat(config.get("broker").asText()).isEmpty();
  }

  @Test
  void anUnknownGroupIsNotFound() throws Exception {
    assertThat(get("/api/v1/groups/other").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/groups/").statusCode()).isEqualTo(404);
  }

  @Test
  void aProcessIsReadyIfAllItsGroupsAre() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    social.failure = "etcd does not answer.";

    assertThat(get("/livez").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/readyz");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("db social/2", "etcd does not answer.", "\"fix\"");
  }

  @Test
  void aProcessIsAliveUntilAllItsGroupsHaveEnded() throws Exception {
    mall.ended = "The position is lost.";

    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("The group has ended: The position is lost.");

    social.ended = "The log cannot be read.";

    assertThat(get("/livez").statusCode()).isEqualTo(503);
    assertThat(get("/livez").body()).contains("\"problem\" : \"The group has ended: The position");
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    return MAPPER.readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server.address() + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
