package io.binlogbroker.broker.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DashCommentsTest {
  @Test
  void twoDashesBecomeTwoSlashes() {
    assertThat(DashComments.slashed("{ -- it's \"so\"\n\"a\":1--b\n}"))
        .isEqualTo("{ // it's \"so\"\n\"a\":1//b\n}");
  }

  @Test
  void dashesInAStringStay() {
    assertThat(DashComments.slashed("{\"a\":\"--\\\"--\",--\"\n\"b\":\"--\"}"))
        .isEqualTo("{\"a\":\"--\\\"--\",//\"\n\"b\":\"--\"}");
  }

  @Test
  void aQuoteInAnotherCommentBeginsNoString() {
    assertThat(DashComments.slashed("// don't \"\n# \"\n/* \"\n -- */ -- x\n\"--\""))
        .isEqualTo("// don't \"\n# \"\n/* \"\n -- */ // x\n\"--\"");
  }

  @Test
  void anUnclosedStringEndsWithItsLine() {
    assertThat(DashComments.slashed("\"a\n--b")).isEqualTo("\"a\n//b");
    assertThat(DashComments.slashed("\"\\")).isEqualTo("\"\\");
    assertThat(DashComments.slashed("/* open -- ")).isEqualTo("/* open -- ");
  }
}
