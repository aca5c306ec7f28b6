package org.inotify4j.fs.programs;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.TreeSet;

/** An agent that has classes of the JDK's file system transformed, and leaves them as they are. */
@SuppressWarnings("NullAway") // A transformer answers null where it changes nothing.
public final class Retransforming {

  private Retransforming() {}

  /** Says whether both were handed to it. */
  public static void premain(String argument, Instrumentation instrumentation) throws Exception {
    Counting counting = new Counting();
    instrumentation.addTransformer(counting, true);
    instrumentation.retransformClasses(
        Class.forName("sun.nio.fs.LinuxFileSystem"), Class.forName("sun.nio.fs.UnixPath"));
    System.out.println("retransformed: " + counting.seen);
  }

  private static final class Counting implements ClassFileTransformer {
    final Set<String> seen = new TreeSet<>();

    @Override
    public byte[] transform(
        ClassLoader loader,
        String type,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] classFile) {
      // The virtual machine hands over others of the JDK's own, too.
      if (redefined != null && type.startsWith("sun/nio/fs/")) {
        seen.add(type);
        return classFile;
      }
      return null;
    }
  }
}
