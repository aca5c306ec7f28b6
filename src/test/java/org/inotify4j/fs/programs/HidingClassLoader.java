package org.inotify4j.fs.programs;

/** A system class loader that takes an agent's jar and does not find one of its classes. */
public final class HidingClassLoader extends ClassLoader {

  private static final String HIDDEN = "org.inotify4j.agent.Hook";

  public HidingClassLoader(ClassLoader parent) {
    super(parent);
  }

  /** Called by the JVM, which finds it by its name. The parent has the jar. */
  @SuppressWarnings("unused")
  private void appendToClassPathForInstrumentation(String jar) {}

  @Override
  protected Class<?> loadClass(String name, boolean resolves) throws ClassNotFoundException {
    if (name.equals(HIDDEN)) {
      throw new ClassNotFoundException(name);
    }
    return super.loadClass(name, resolves);
  }
}
