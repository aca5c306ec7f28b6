package org.inotify4j.libc;

/** The machine's own kernel, through JNA. */
final class SystemLibCContractTest extends LibCContractTest {

  @Override
  LibC libC() {
    return SystemLibC.get();
  }
}
