package zeroboot.server.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers everything with "ok". */
final class OkHandler extends Handler.Abstract.NonBlocking {
  @Override
  public boolean handle(Request request, Response response, Callback done) {
    Answers.text(request, response, done, 200, Answers.TEXT, "ok\n");
    return true;
  }
}
