package org.inotify4j.libc;

import java.util.Optional;

/** To which modules the program's start gave native access. */
final class NativeAccess {

  private static final String JNA_MODULE = "com.sun.jna";

  private NativeAccess() {}

  /** Whether JNA's module has it and ours has not. On the class path the two are in one module. */
  static boolean isForJnaOnly() {
    Module own = NativeAccess.class.getModule();
    ModuleLayer modules = own.getLayer();
    if (modules == null || isGivenTo(own)) {
      return false;
    }
    Optional<Module> jna = modules.findModule(JNA_MODULE);
    return jna.isPresent() && isGivenTo(jna.get());
  }

  /** Asks by reflection, since Java 17 has no such question. */
  private static boolean isGivenTo(Module module) {
    try {
      return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(module);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
