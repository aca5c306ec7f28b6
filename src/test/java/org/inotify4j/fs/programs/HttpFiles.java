package org.inotify4j.fs.programs;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends a file to a server of its own, which sends it back into another file. */
public final class HttpFiles {

  private HttpFiles() {}

  public static void main(String[] args) throws Exception {
    Path sent = Files.writeString(Path.of(args[0], "sent"), "a line\n".repeat(10_000));
    Path received = Path.of(args[0], "received");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      URI uri = new URI("http", null, "127.0.0.1", server.getAddress().getPort(), "/", null, null);
      HttpResponse<Path> response =
          HttpClient.newBuilder()
              .proxy(HttpClient.Builder.NO_PROXY)
              .build()
              .send(
                  HttpRequest.newBuilder(uri).POST(BodyPublishers.ofFile(sent)).build(),
                  BodyHandlers.ofFile(received));
      System.out.println(
          response.statusCode()
              + " "
              + response.body().equals(received)
              + " "
              + Files.mismatch(sent, received));
    } finally {
      server.stop(0);
    }
  }
}
