package io.binlogbroker.broker.http.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final String REMOTE = "10.0.0.7";

  private final Access withToken = new Access(TOKEN, false);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer " + TOKEN, "bearer " + TOKEN, "BEARER  " + TOKEN + " "})
  void theTokensHolderMayActFromAnywhere(String authorization) throws Exception {
    Verdict verdict = withToken.decide(from(REMOTE, Map.of("Authorization", authorization)));

    assertThat(verdict.caller()).contains(REMOTE).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer 0123456789abcdeF",
        "Bearer 0123456789abcde",
        "Bearer ",
        "Bearer",
        "Basic 0123456789abcdef",
        "0123456789abcdef",
        ""
      })
  void anyOtherTokenIsAGuess(String authorization) throws Exception {
    Verdict verdict = withToken.decide(from("127.0.0.1", Map.of("Authorization", authorization)));

    assertThat(verdict.status()).isEqualTo(401);
    assertThat(verdict.caller()).isNull();
    assertThat(verdict.isGuess()).isTrue();
    assertThat(verdict.reason()).doesNotContain(TOKEN);
  }

  @Test
  void whereThereIsATokenItIsNeededOnTheSameHostToo() throws Exception {
    Verdict verdict = new Access(TOKEN, true).decide(from("127.0.0.1", Map.of()));

    assertThat(verdict.status()).isEqualTo(401);
    assertThat(verdict.isGuess()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "127.1.2.3", "::1"})
  void withoutATokenTheSameHostMayAct(String peer) throws Exception {
    assertThat(new Access(null, true).decide(from(peer, Map.of())).caller())
        .contains(peer.substring(0, 1));
  }

  @Test
  void withoutATokenNobodyElseMay() throws Exception {
    assertRefused(new Access(null, true).decide(from(REMOTE, Map.of())));
    assertRefused(new Access(null, false).decide(from("127.0.0.1", Map.of())));
    assertRefused(
        new Access(null, true).decide(from(REMOTE, Map.of("Authorization", "Bearer " + TOKEN))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"})
  void withoutATokenAProxyOnTheSameHostMayNot(String header) throws Exception {
    assertRefused(new Access(null, true).decide(from("127.0.0.1", Map.of(header, "10.0.0.9"))));
  }

  @Test
  void withoutATokenANameThatDnsCouldDefineMayNot() throws Exception {
    Requester rebound =
        new Requester(
            InetAddress.getByName("127.0.0.1"),
            name -> name.equals("Host") ? "evil.example:8846" : null,
            false);

    assertRefused(new Access(null, true).decide(rebound));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8846, 127.0.0.1:8846",
    "https://broker.internal, broker.internal",
    "https://Broker.Internal:443, broker.internal:443",
    "http://[::1]:8846, [::1]:8846",
  })
  void itsOwnPageMayAct(String origin, String host) throws Exception {
    Map<String, String> headers =
        Map.of("Origin", origin, "Host", host, "Authorization", "Bearer " + TOKEN);

    assertThat(withToken.decide(from(REMOTE, headers)).caller()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:8847",
        "http://127.0.0.1:8846.evil.example",
        "http://127.0.0.1:8846@evil.example",
        "file://127.0.0.1:8846",
        "http://127.0.0.1:8846 http://evil.example",
      })
  void noOtherPageMayActEvenWithTheToken(String origin) throws Exception {
    Map<String, String> headers =
        Map.of("Origin", origin, "Host", "127.0.0.1:8846", "Authorization", "Bearer " + TOKEN);

    assertRefused(withToken.decide(from("127.0.0.1", headers)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "anything"})
  void aBrowserThatReportsAnotherSiteIsRefused(String site) throws Exception {
    assertRefused(new Access(null, true).decide(from("127.0.0.1", Map.of("Sec-Fetch-Site", site))));
  }

  private static void assertRefused(Verdict verdict) {
    assertThat(verdict.status()).isEqualTo(403);
    assertThat(verdict.caller()).isNull();
    assertThat(verdict.isGuess()).isFalse();
  }

  private static Requester from(String peer, Map<String, String> headers)
      throws UnknownHostException {
    return new Requester(InetAddress.getByName(peer), headers::get, true);
  }
}
