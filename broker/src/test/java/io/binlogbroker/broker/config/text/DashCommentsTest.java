package io.binlogbroker.broker.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DashCommentsTest {
  @Test
  void twoDashesBecomeTwoSlashes() {
    assertThat(DashComments.withSlashes("{ -- it's \"so\"\n\"a\":1--b\n}"))
        .isEqualTo("{ // it's \"so\"\n\"a\":1//b\n}");
  }

  @Test
  void dashesInAStringAreKept() {
    assertThat(DashComments.withSlashes("{\"a\":\"--\\\"--\",--\"\n\"b\":\"--\"}"))
        .isEqualTo("{\"a\":\"--\\\"--\",//\"\n\"b\":\"--\"}");
  }

  @Test
  void aQuoteInAnotherCommentDoesNotStartAString() {
    assertThat(DashComments.withSlashes("// don't \"\n# \"\n/* \"\n -- */ -- x\n\"--\""))
        .isEqualTo("// don't \"\n# \"\n/* \"\n -- */ // x\n\"--\"");
  }

  @Test
  void anUnclosedStringEndsWithItsLine() {
    assertThat(DashComments.withSlashes("\"a\n--b")).isEqualTo("\"a\n//b");
    assertThat(DashComments.withSlashes("\"\\")).isEqualTo("\"\\");
    assertThat(DashComments.withSlashes("/* open -- ")).isEqualTo("/* open -- ");
  }
}
