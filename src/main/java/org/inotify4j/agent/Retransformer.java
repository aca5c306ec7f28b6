package org.inotify4j.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes the JDK's two methods, both or neither.
 *
 * <p>Their classes are loaded before any agent is, so they are retransformed. The transformer
 * stays: an agent that changes one of them again is handed the JDK's own class file, and without it
 * the change would be gone. All other classes it lets pass after a look at their loader.
 */
final class Retransformer implements ClassFileTransformer {

  private final Instrumentation instrumentation;

  private final Set<Target> changed = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Throwable failure;

  Retransformer(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Changes the two methods.
   *
   * @return null, or why they are as they were
   */
  @Nullable String change() throws UnmodifiableClassException {
    if (!isFoundByName()) {
      return "the system class loader does not find the agent's classes";
    }
    List<Class<?>> types = new ArrayList<>();
    for (Target target : Target.values()) {
      try {
        types.add(Class.forName(target.typeName(), false, null));
      } catch (ClassNotFoundException e) {
        return "it has no " + target.typeName();
      }
    }
    Class<?>[] targets = types.toArray(new Class<?>[0]);
    String obstacle = change(targets);
    if (obstacle != null) {
      instrumentation.removeTransformer(this);
      instrumentation.retransformClasses(targets);
    }
    return obstacle;
  }

  private @Nullable String change(Class<?>[] targets) {
    try {
      instrumentation.addTransformer(this, true);
      instrumentation.retransformClasses(targets);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      return e.toString();
    }
    if (failure != null) {
      return failure.toString();
    }
    for (Target target : Target.values()) {
      if (!changed.contains(target)) {
        return "its " + target.typeName() + " has no such method " + target.method;
      }
    }
    return null;
  }

  /** As the changed methods will look for it. */
  private static boolean isFoundByName() {
    try {
      Class<?> found = ClassLoader.getSystemClassLoader().loadClass(Target.HOOK);
      return Objects.equals(found.getClassLoader(), Retransformer.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    Target target = loader == null ? Target.in(type) : null;
    if (target == null) {
      return null;
    }
    try {
      byte[] patched = Patch.of(classFile, target);
      if (patched != null) {
        changed.add(target);
      }
      return patched;
    } catch (Throwable e) {
      failure = e;
      return null;
    }
  }
}
