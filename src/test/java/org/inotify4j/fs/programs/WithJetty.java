package org.inotify4j.fs.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchService;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** Jetty, which listens at a Unix domain socket and has no page. */
public final class WithJetty {

  /** What it prints of the socket. */
  public static final String OUTPUT = "HTTP/1.1 404 Not Found\n";

  private WithJetty() {}

  /** Needs a directory for the socket. */
  public static void main(String[] args) throws Exception {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      System.out.println("watch service: " + service.getClass().getName());
    }
    Path socket = Path.of(args[0], "jetty");
    Server server = new Server();
    try {
      UnixDomainServerConnector connector =
          new UnixDomainServerConnector(server, new HttpConnectionFactory());
      connector.setUnixDomainPath(socket);
      server.addConnector(connector);
      server.start();
      System.out.println(ask(socket).lines().findFirst().orElse("nothing"));
    } finally {
      server.stop();
    }
  }

  private static String ask(Path socket) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      client.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII)));
      ByteBuffer heard = ByteBuffer.allocate(10_000);
      while (client.read(heard) >= 0) {}
      return new String(heard.array(), 0, heard.position(), US_ASCII);
    }
  }
}
