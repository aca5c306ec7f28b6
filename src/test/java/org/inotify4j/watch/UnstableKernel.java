package org.inotify4j.watch;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;

/** The machine's kernel, but that a directory gets another watch each time that it is watched. */
final class UnstableKernel {

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  private final Path directory;
  private int last;

  UnstableKernel(Path directory) {
    this.directory = directory;
  }

  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (!method.getName().equals("inotifyAddWatch")) {
      return Intercepted.pass(real, method, arguments);
    }
    boolean isIt = Files.isSameFile(Path.of(Intercepted.text(arguments[1])), directory);
    if (isIt && last > 0) {
      real.inotifyRmWatch((int) arguments[0], last);
    }
    int wd = (int) Intercepted.pass(real, method, arguments);
    last = isIt ? wd : last;
    return wd;
  }
}
