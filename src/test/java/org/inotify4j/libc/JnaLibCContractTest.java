package org.inotify4j.libc;

/** The machine's own kernel, through JNA. */
final class JnaLibCContractTest extends LibCContractTest {

  @Override
  LibC libC() {
    return Layer.JNA.open();
  }
}
