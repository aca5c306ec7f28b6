package org.inotify4j.fs.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/** Netty, which listens at a Unix domain socket and says hello. */
@SuppressWarnings("deprecation") // In newer Nettys a group is made in another way.
public final class WithNetty {

  /** What it prints of the socket. */
  public static final String OUTPUT = "socket said: hello\n";

  private WithNetty() {}

  /** Needs a directory for the socket, and {@code epoll} or {@code nio}. */
  public static void main(String[] args) throws Exception {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      System.out.println("watch service: " + service.getClass().getName());
    }
    Path socket = Path.of(args[0], args[1]);
    if (args[1].equals("epoll")) {
      talk(
          new EpollEventLoopGroup(1),
          EpollServerDomainSocketChannel.class,
          EpollDomainSocketChannel.class,
          new DomainSocketAddress(socket.toFile()));
    } else {
      talk(
          new NioEventLoopGroup(1),
          NioServerDomainSocketChannel.class,
          NioDomainSocketChannel.class,
          UnixDomainSocketAddress.of(socket));
    }
  }

  private static void talk(
      EventLoopGroup group,
      Class<? extends ServerChannel> server,
      Class<? extends Channel> client,
      SocketAddress address)
      throws InterruptedException {
    try {
      new ServerBootstrap()
          .group(group)
          .channel(server)
          .childHandler(new Hello())
          .bind(address)
          .sync();
      new Bootstrap()
          .group(group)
          .channel(client)
          .handler(new Listening())
          .connect(address)
          .sync()
          .channel()
          .closeFuture()
          .sync();
    } finally {
      group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }
  }

  /** Says it to who connects. */
  private static final class Hello extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      context
          .writeAndFlush(Unpooled.copiedBuffer("hello", UTF_8))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Prints what it hears. */
  private static final class Listening extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf heard) {
      System.out.println("socket said: " + heard.toString(UTF_8));
    }
  }
}
