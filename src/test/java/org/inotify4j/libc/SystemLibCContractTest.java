package org.inotify4j.libc;

/**
 * The machine's own kernel, through the layer that a program gets, whose calls never return EINTR.
 */
final class SystemLibCContractTest extends LibCContractTest {

  @Override
  LibC libC() {
    return SystemLibC.get();
  }
}
