package org.inotify4j.cli.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;

/**
 * The system log, by logger(1): Java has no datagram socket of the kind that {@code /dev/log} is.
 */
final class Syslog {

  private Syslog() {}

  /**
   * Begins to log.
   *
   * @return takes what is to be logged, a message a line
   * @throws IOException if there is no logger(1); the message is for the user
   */
  static OutputStream open() throws IOException {
    String tag = "inotify4j[" + ProcessHandle.current().pid() + "]";
    try {
      return new ProcessBuilder("logger", "-t", tag, "-p", "daemon.info")
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .getOutputStream();
    } catch (IOException e) {
      throw new IOException("--syslog needs the command logger, which is not there", e);
    }
  }
}
