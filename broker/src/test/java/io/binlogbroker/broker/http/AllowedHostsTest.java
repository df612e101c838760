package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedHostsTest {
  @Test
  void theNameOfTheHostItselfIsAllowed() throws UnknownHostException {
    AllowedHosts hosts = new AllowedHosts("", List.of());

    assertThat(hosts.allows(InetAddress.getLocalHost().getHostName() + ":8846")).isTrue();
    assertThat(hosts.allows("x" + InetAddress.getLocalHost().getHostName())).isFalse();
  }

  @Test
  void theHostListenedOnIsAllowed() {
    AllowedHosts hosts = new AllowedHosts("Broker1.example", List.of());

    assertThat(hosts.allows("broker1.example:8846")).isTrue();
    assertThat(hosts.allows("broker2.example:8846")).isFalse();
  }

  @Test
  void aStarAllowsAnyHostAndAMissingHeaderIsAllowed() {
    assertThat(new AllowedHosts("", List.of("*")).allows("evil.example")).isTrue();
    assertThat(new AllowedHosts("", List.of()).allows(null)).isTrue();
    assertThat(new AllowedHosts("", List.of()).allows("")).isFalse();
  }
}
