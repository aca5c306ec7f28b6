package org.inotify4j.fs;

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
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/** Servers that listen at Unix domain sockets. */
final class Servers {

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

  private Servers() {}

  private static Path[] homes(Class<?>... types) {
    return Stream.concat(Stream.of(types).map(ChildJvm::home), Stream.of(PROGRAMS))
        .toArray(Path[]::new);
  }

  static boolean jetty(Trial trial) throws IOException, InterruptedException {
    return listens(trial, WithJetty.class, JETTY, WithJetty.OUTPUT, JETTY_REFUSAL);
  }

  static boolean nettyOverNio(Trial trial) throws IOException, InterruptedException {
    return listens(trial, WithNetty.class, NETTY, WithNetty.OUTPUT, JDK_REFUSAL, "nio");
  }

  /** Its address is not the JDK's. */
  static boolean nettyOverEpoll(Trial trial)
      throws IOException, InterruptedException, URISyntaxException {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "its native part is for x86-64");
    Path[] all = Stream.concat(Stream.of(nativePart()), Stream.of(NETTY)).toArray(Path[]::new);
    return listens(trial, WithNetty.class, all, WithNetty.OUTPUT, JDK_REFUSAL, "epoll");
  }

  private static Path nativePart() throws IOException, URISyntaxException {
    URL library =
        Epoll.class.getResource("/META-INF/native/libnetty_transport_native_epoll_x86_64.so");
    JarURLConnection connection = (JarURLConnection) library.openConnection();
    return Path.of(connection.getJarFileURL().toURI());
  }

  private static boolean listens(
      Trial trial,
      Class<?> program,
      Path[] libraries,
      String output,
      String refusal,
      String... arguments)
      throws IOException, InterruptedException {
    ChildJvm child = trial.way().child(program, libraries).options("-Dio.netty.noUnsafe=true");
    return Trial.isDone(
        trial.run(child, arguments),
        OVER_INOTIFY + output,
        "Exception in thread \"main\" " + refusal,
        "java.lang.IllegalArgumentException",
        "UnixDomainSocketAddress.of");
  }
}
