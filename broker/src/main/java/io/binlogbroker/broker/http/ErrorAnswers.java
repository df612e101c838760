package io.binlogbroker.broker.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that Jetty itself refuses, before the router sees them. The client's own text is
 * not repeated. Any thread.
 */
final class ErrorAnswers implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Router.send(
        response, callback, Answer.refused(response.getStatus(), reason(response.getStatus())));
    return true;
  }

  private static String reason(int status) {
    return switch (status) {
      case 414, 431 -> "expected a request line and headers of at most 8 KiB";
      case 505 -> "expected HTTP/1.1";
      case 500 -> "internal error; see the log file";
      default -> "expected a valid HTTP/1.1 request";
    };
  }
}
