package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A kernel whose calls come to a test first, which answers them or lets them pass. */
public final class Intercepted {

  private Intercepted() {}

  /** What becomes of a call. */
  public interface Calls {

    /** Gives its result, as of {@link LibC}. In the thread that makes the call. */
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  /** A kernel each of whose calls is answered like this. */
  public static LibC by(Calls calls) {
    return (LibC)
        Proxy.newProxyInstance(
            LibC.class.getClassLoader(),
            new Class<?>[] {LibC.class},
            (proxy, method, arguments) -> calls.call(method, arguments));
  }

  /** Lets a call pass to another kernel. What that throws is thrown as it is. */
  public static Object pass(LibC real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The text of an argument that is a path, with a NUL at its end. */
  public static String text(Object path) {
    byte[] bytes = (byte[]) path;
    return new String(bytes, 0, bytes.length - 1, UTF_8);
  }
}
