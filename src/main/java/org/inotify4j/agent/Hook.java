package org.inotify4j.agent;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a changed method of the JDK asks before it does its own work; the answer null lets it go on.
 *
 * <p>The JDK's module sees none of our types. So it finds the hook by name, through the system
 * class loader, and asks it as an {@link InvocationHandler}: an interface of its own that may throw
 * what the methods throw.
 */
enum Hook implements InvocationHandler {
  /** Asked by {@link Target#NEW_WATCH_SERVICE}. */
  NEW_WATCH_SERVICE,

  /** Asked by {@link Target#REGISTER}. */
  REGISTER;

  /**
   * Answers a method of the JDK's.
   *
   * @param self the object that was called
   * @param unused null
   * @param arguments what it was called with, or null
   * @return what the method is to return, or null if it is to go on
   */
  @Override
  public @Nullable Object invoke(
      Object self, @Nullable Method unused, @Nullable Object @Nullable [] arguments)
      throws IOException {
    return arguments == null ? Answers.open() : Answers.register(self, arguments);
  }
}
