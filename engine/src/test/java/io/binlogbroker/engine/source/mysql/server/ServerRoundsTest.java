package io.binlogbroker.engine.source.mysql.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerRoundsTest {
  private static final DeliveryException AWAY =
      DeliveryException.retriable(FailureKind.UNREACHABLE, "Nobody answers", null);
  private static final DeliveryException LOST =
      DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
  private static final DeliveryException FENCED =
      DeliveryException.fatal(FailureKind.FENCED, "Somebody has our name");

  private final List<String> tried = new ArrayList<>();
  private final Map<String, DeliveryException> failures = new HashMap<>();
  private final ServerRounds rounds =
      new ServerRounds(Stream.of("a", "b", "c").map(ServerRoundsTest::server).toList(), this::now);
  private long now;

  @Test
  void theNextServerIsTriedUntilOneCanBeUsed() {
    failures.put("a", AWAY);
    failures.put("b", LOST);

    assertThat(rounds.first(this::attempt)).isEqualTo("c");
    assertThat(tried).containsExactly("a", "b", "c");
  }

  @Test
  void aRoundStartsWithTheLastUsedServer() {
    failures.put("a", AWAY);
    rounds.first(this::attempt);
    failures.clear();
    now += Duration.ofMinutes(1).toNanos();
    tried.clear();

    assertThat(rounds.first(this::attempt)).isEqualTo("b");
    assertThat(tried).containsExactly("b");
  }

  @Test
  void aServerThatFailedSoonIsTriedLast() {
    rounds.first(this::attempt);
    now += Duration.ofSeconds(1).toNanos();

    assertThat(rounds.first(this::attempt)).isEqualTo("b");
  }

  @Test
  void aRetriableFailureOfARoundTakesPrecedence() {
    failures.putAll(Map.of("a", LOST, "b", AWAY, "c", LOST));

    assertThatThrownBy(() -> rounds.first(this::attempt)).isSameAs(AWAY);
    assertThat(tried).containsExactly("a", "b", "c");
  }

  @Test
  void aRoundOfFatalFailuresEndsWithTheFirst() {
    failures.putAll(
        Map.of("a", LOST, "b", DeliveryException.fatal(FailureKind.SOURCE_ACCESS, "No")));
    failures.put("c", LOST);

    assertThatThrownBy(() -> rounds.first(this::attempt)).isSameAs(LOST);
  }

  @Test
  void aServerIdConflictEndsTheRound() {
    failures.put("a", FENCED);

    assertThatThrownBy(() -> rounds.first(this::attempt)).isSameAs(FENCED);
    assertThat(tried).containsExactly("a");
  }

  private String attempt(SessionOptions server) {
    String host = server.address().host();
    tried.add(host);
    DeliveryException failure = failures.get(host);
    if (failure != null) {
      throw failure;
    }
    return host;
  }

  private long now() {
    return now;
  }

  private static SessionOptions server(String host) {
    return new SessionOptions(
        new ServerAddress(host, 3306), new Credentials("u", "p"), new TlsOptions(TlsMode.DISABLED));
  }
}
