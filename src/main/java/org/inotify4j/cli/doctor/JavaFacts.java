package org.inotify4j.cli.doctor;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.WatchService;
import org.inotify4j.libc.SystemLibC;

/**
 * The Java that the command runs in, its way to the kernel, and whose watch service a program gets
 * in it.
 *
 * @param java its version and name
 * @param processor its architecture
 * @param nativeLayer how the kernel is reached; empty where it is not
 * @param why why it is reached so and not otherwise, or why it is not
 * @param provider the class of the default provider of file systems
 * @param service the class of the watch service that it makes; empty where it makes none
 * @param serviceFailure why it makes none; empty where it does
 * @param dropIn by which way that is one of this library
 */
record JavaFacts(
    String java,
    String processor,
    String nativeLayer,
    String why,
    String provider,
    String service,
    String serviceFailure,
    DropIn dropIn) {

  /** Made in place of ours where that is not possible. */
  private static final String FALLBACK = "TranslatedWatchService";

  /** Those of this virtual machine. */
  static JavaFacts read() {
    String nativeLayer = "";
    String why;
    try {
      nativeLayer = SystemLibC.description();
      why = SystemLibC.reason();
    } catch (UnsupportedOperationException e) {
      why = String.valueOf(e.getMessage());
    }
    String service = "";
    String failure = "";
    try (WatchService made = FileSystems.getDefault().newWatchService()) {
      service = made.getClass().getName();
    } catch (IOException | UnsupportedOperationException e) {
      failure = String.valueOf(e.getMessage());
    }
    boolean isOurs = service.startsWith(DropIn.OURS) && !service.endsWith(FALLBACK);
    return new JavaFacts(
        System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")",
        System.getProperty("os.arch", ""),
        nativeLayer,
        why,
        FileSystems.getDefault().provider().getClass().getName(),
        service,
        failure,
        DropIn.read(isOurs, nativeLayer.isEmpty() ? why : failure));
  }
}
