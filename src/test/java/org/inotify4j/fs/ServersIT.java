package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.programs.DropIn.OVER_INOTIFY;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.servlet.Servlet;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.StringUtil;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.WithJetty;
import org.inotify4j.fs.programs.WithNetty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/**
 * Unix domain sockets of servers, by each of the three ways: as the documentation's table has it.
 */
final class ServersIT {

  static final String JETTY_ROW = "a Unix domain socket of Jetty";
  static final String NIO_ROW = "a Unix domain socket of Netty, over NIO";
  static final String EPOLL_ROW = "a Unix domain socket of Netty, over epoll";

  private static final String JDK_REFUSAL = "java.lang.IllegalArgumentException";
  private static final String JETTY_REFUSAL =
      "java.lang.UnsupportedOperationException: Unix-Domain SocketChannels are available starting"
          + " from Java 16, your Java version is: "
          + System.getProperty("java.version");

  private static final Path[] JETTY =
      homes(
          Server.class,
          UnixDomainServerConnector.class,
          HttpVersion.class,
          EndPoint.class,
          StringUtil.class,
          Servlet.class,
          Logger.class,
          NOPServiceProvider.class);

  private static final Path[] NETTY =
      homes(
          Channel.class,
          ByteBuf.class,
          Future.class,
          AddressResolver.class,
          DomainSocketAddress.class,
          Epoll.class);

  @TempDir private Path scratch;

  private static WaysTable table;

  @BeforeAll
  static void read() throws IOException {
    table = WaysTable.read();
  }

  private static Path[] homes(Class<?>... types) {
    return Stream.concat(Stream.of(types).map(ChildJvm::home), Stream.of(PROGRAMS))
        .toArray(Path[]::new);
  }

  @ParameterizedTest
  @EnumSource
  void jetty(DropInIT.Way way) throws Exception {
    check(way, JETTY_ROW, way.child(WithJetty.class, JETTY), WithJetty.OUTPUT, JETTY_REFUSAL);
  }

  @ParameterizedTest
  @EnumSource
  void nettyOverNio(DropInIT.Way way) throws Exception {
    check(way, NIO_ROW, way.child(WithNetty.class, NETTY), WithNetty.OUTPUT, JDK_REFUSAL, "nio");
  }

  /** Its address is not the JDK's. */
  @ParameterizedTest
  @EnumSource
  void nettyOverEpoll(DropInIT.Way way) throws Exception {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "its native part is for x86-64");
    Path[] all = Stream.concat(Stream.of(nativePart()), Stream.of(NETTY)).toArray(Path[]::new);
    check(way, EPOLL_ROW, way.child(WithNetty.class, all), WithNetty.OUTPUT, JDK_REFUSAL, "epoll");
  }

  private static Path nativePart() throws IOException, URISyntaxException {
    URL library =
        Epoll.class.getResource("/META-INF/native/libnetty_transport_native_epoll_x86_64.so");
    JarURLConnection connection = (JarURLConnection) library.openConnection();
    return Path.of(connection.getJarFileURL().toURI());
  }

  private void check(
      DropInIT.Way way,
      String row,
      ChildJvm child,
      String output,
      String refusal,
      String... arguments)
      throws Exception {
    String[] all =
        Stream.concat(Stream.of(scratch.toString()), Stream.of(arguments)).toArray(String[]::new);
    ChildJvm.Result result = child.options("-Dio.netty.noUnsafe=true").run(all);
    if (table.says(row, way.column())) {
      assertThat(result.output()).isEqualTo(OVER_INOTIFY + output);
      assertThat(result.err()).isEmpty();
    } else {
      assertThat(result.exit()).isOne();
      assertThat(result.out()).isEqualTo(OVER_INOTIFY);
      assertThat(result.err())
          .startsWith("Exception in thread \"main\" " + refusal)
          .contains("java.lang.IllegalArgumentException", "UnixDomainSocketAddress.of");
    }
  }
}
