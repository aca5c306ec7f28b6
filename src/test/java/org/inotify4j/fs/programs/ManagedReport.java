package org.inotify4j.fs.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reports, and asks its own JVM for its name by way of the remote management port. */
public final class ManagedReport {

  private static final Pattern URL = Pattern.compile("service:jmx:rmi:\\S+");

  private ManagedReport() {}

  @SuppressWarnings("BanJNDI") // Of itself, on the loopback interface.
  public static void main(String[] args) throws Exception {
    Report.main(args);
    String status = agentStatus();
    Matcher url = URL.matcher(status);
    if (!url.find()) {
      throw new AssertionError("no remote address: " + status);
    }
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url.group()))) {
      MBeanServerConnection remote = connector.getMBeanServerConnection();
      Object name = remote.getAttribute(new ObjectName("java.lang:type=Runtime"), "Name");
      boolean itself = name.equals(ManagementFactory.getRuntimeMXBean().getName());
      System.out.println("managed: " + itself);
    }
    // The threads of the management server would keep the JVM.
    System.exit(0);
  }

  /** The JDK's own command is the one that says which port was chosen. */
  private static String agentStatus() throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(ProcessHandle.current().pid()),
                "ManagementAgent.status")
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
  }
}
