package org.inotify4j.libc;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The machine's own kernel, through java.lang.foreign. */
@EnabledForJreRange(min = JRE.JAVA_22)
final class ForeignLibCContractTest extends LibCContractTest {

  @Override
  LibC libC() {
    return Layer.FFM.open();
  }
}
