package org.inotify4j.libc;

/** The scripted kernel: it must not promise what the real one does not keep. */
final class ScriptedLibCContractTest extends LibCContractTest {

  private final ScriptedLibC scripted = new ScriptedLibC();

  @Override
  LibC libC() {
    return scripted.failPath(missing().toString(), Errno.ENOENT);
  }

  @Override
  void afterClose() {
    scripted.assertAllClosed();
  }
}
