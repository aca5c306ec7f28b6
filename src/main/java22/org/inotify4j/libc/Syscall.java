package org.inotify4j.libc;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The C library's {@code long syscall(long number, ...)}, which makes any system call.
 *
 * <p>It is the one function that is linked: what a link costs, some 50 ms of a virtual machine's
 * start for the first and 10 for each further shape, is paid once. errno is saved by the linker
 * inside of the native call, before the virtual machine runs anything else, in memory that is the
 * call's own ({@link CallMemory}): so no other call, signal handler or switch of a virtual thread
 * can come between.
 */
final class Syscall {

  private static final String NAME = "syscall";
  private static final String ERRNO = "errno";

  private final MethodHandle handle;
  private final int errnoOffset;
  private final CallMemories memories = new CallMemories();

  /**
   * Links the function.
   *
   * @throws IllegalCallerException if native access is denied
   * @throws UnsupportedOperationException if Java has no linker for this machine
   * @throws UnsatisfiedLinkError if the C library lacks the function
   */
  Syscall() {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().find(NAME).orElse(null);
    if (function == null) {
      throw new UnsatisfiedLinkError(NAME);
    }
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    this.handle =
        linker.downcallHandle(
            function,
            FunctionDescriptor.of(word, word, word, word, word, word, word, word),
            Linker.Option.captureCallState(ERRNO),
            Linker.Option.firstVariadicArg(1));
    this.errnoOffset = errnoOffset();
  }

  /** Counted by hand, since a path to it takes the virtual machine 4 ms at its start. */
  private static int errnoOffset() {
    int offset = 0;
    List<MemoryLayout> members =
        ((StructLayout) Linker.Option.captureStateLayout()).memberLayouts();
    for (int i = 0; i < members.size(); i++) {
      MemoryLayout member = members.get(i);
      if (ERRNO.equals(member.name().orElse(null))) {
        return offset;
      }
      offset += (int) member.byteSize();
    }
    throw new UnsatisfiedLinkError(ERRNO);
  }

  /** Memory for the next call. */
  CallMemory take() {
    return memories.take();
  }

  /** Memory for the next call, with a copy of some bytes as the argument. */
  CallMemory take(byte[] argument) {
    return memories.take(argument);
  }

  /**
   * Makes a call.
   *
   * @param memory the call's own, which is given back
   * @return what it returned, or {@code -errno}
   */
  int call(CallMemory memory, SystemCall call, long a, long b, long c, long d, long e) {
    try {
      long returned = (long) handle.invokeExact(memory.segment(), call.number, a, b, c, d, e, 0L);
      return returned == -1 ? -memory.errno(errnoOffset) : (int) returned;
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    } finally {
      memories.giveBack(memory);
    }
  }
}
