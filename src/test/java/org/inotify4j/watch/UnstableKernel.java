package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;

/** The machine's kernel, but that a directory gets another watch each time that it is watched. */
final class UnstableKernel {

  private final LibC real = SystemLibC.get();
  private final LibC libC;
  private int last;

  UnstableKernel(Path directory) {
    libC =
        (LibC)
            Proxy.newProxyInstance(
                LibC.class.getClassLoader(),
                new Class<?>[] {LibC.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("inotifyAddWatch")) {
                    byte[] path = (byte[]) arguments[1];
                    boolean isIt =
                        Files.isSameFile(
                            Path.of(new String(path, 0, path.length - 1, UTF_8)), directory);
                    if (isIt && last > 0) {
                      real.inotifyRmWatch((int) arguments[0], last);
                    }
                    int wd = (int) method.invoke(real, arguments);
                    last = isIt ? wd : last;
                    return wd;
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }
}
