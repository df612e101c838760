package io.binlogbroker.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.Mutations;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestHeadTest {
  private static final String REQUEST =
      "GET /admin/status?a=b HTTP/1.1\r\nAccept: */*\r\nHost: localhost:8846\r\n\r\n";

  @Test
  void methodPathAndHostAreRead() throws Exception {
    byte[] bytes = REQUEST.getBytes(StandardCharsets.US_ASCII);

    assertThat(RequestHead.read(new ByteArrayInputStream(bytes)))
        .isEqualTo(new RequestHead("GET", "/admin/status", "a=b", "localhost:8846"));
  }

  @Test
  void damagedRequestsAreReadOrAreNone() {
    AllowedHosts hosts = new AllowedHosts("", List.of("*"));
    Mutations.ofTexts(
            "HTTP requests",
            List.of(REQUEST),
            Set.of(),
            List.of("\r\n", "\n", " ", "Host:", "HTTP/1.1", "?", "\r\n\r\n"))
        .run(
            bytes -> {
              RequestHead head = RequestHead.read(new ByteArrayInputStream(bytes));
              if (head != null) {
                hosts.allows(head.host());
              }
            });
  }
}
