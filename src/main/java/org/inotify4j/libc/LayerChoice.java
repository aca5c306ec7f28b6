package org.inotify4j.libc;

/**
 * The layer that makes the system calls, and why it is that one.
 *
 * @param layer which one
 * @param libC its calls, which never return EINTR
 * @param isUsual whether it is this Java's first choice, and nobody asked for it
 * @param why why it is this one and not the other
 */
record LayerChoice(Layer layer, LibC libC, boolean isUsual, String why) {

  private static final String PROPERTY = "inotify4j.native";
  private static final String FIRST = "it comes first on Java 22 and later";

  /**
   * Chooses a layer, and opens it.
   *
   * <p>java.lang.foreign comes first, then JNA; the property makes it the one or the other. On the
   * module path JNA comes first where its module was given native access and ours was not: the
   * program was started for it, and the virtual machine would warn of the other.
   *
   * @throws UnsupportedOperationException if none can be opened; the message says of each why, and
   *     what helps
   * @throws OutOfMemoryError if there was no memory: the next try may find some
   * @throws StackOverflowError if there was no room on the stack, likewise
   */
  static LayerChoice make() {
    String wish = System.getProperty(PROPERTY);
    if (wish != null) {
      return only(wished(wish), false, "-D" + PROPERTY + "=" + wish + " asks for it");
    }
    if (!Layer.FFM.isOfThisJava()) {
      return only(Layer.JNA, true, "java.lang.foreign is a part of Java since 22");
    }
    return NativeAccess.isForJnaOnly()
        ? first(Layer.JNA, false, "its module was given native access, and ours was not")
        : first(Layer.FFM, true, FIRST);
  }

  private static Layer wished(String wish) {
    for (Layer layer : Layer.values()) {
      if (layer.property.equals(wish)) {
        return layer;
      }
    }
    throw new UnsupportedOperationException(
        "-D"
            + PROPERTY
            + "="
            + wish
            + " is neither ffm (java.lang.foreign, of Java 22 and later) nor jna");
  }

  private static LayerChoice only(Layer layer, boolean isUsual, String why) {
    try {
      return new LayerChoice(layer, new RestartingLibC(layer.open()), isUsual, why);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw e;
    } catch (Error | RuntimeException e) {
      throw new UnsupportedOperationException(
          "inotify4j reaches the kernel through " + layer.title + ", and " + layer.obstacle(e), e);
    }
  }

  private static LayerChoice first(Layer layer, boolean isUsual, String why) {
    try {
      return new LayerChoice(layer, new RestartingLibC(layer.open()), isUsual, why);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw e;
    } catch (Error | RuntimeException e) {
      return second(layer.other(), layer, e);
    }
  }

  private static LayerChoice second(Layer layer, Layer first, Throwable inTheWay) {
    String reason = first.obstacle(inTheWay);
    try {
      String why = "with " + first.title + " it cannot be done: " + reason;
      return new LayerChoice(layer, new RestartingLibC(layer.open()), false, why);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw e;
    } catch (Error | RuntimeException e) {
      inTheWay.addSuppressed(e);
      throw new UnsupportedOperationException(
          "inotify4j reaches the kernel through "
              + first.title
              + " or "
              + layer.title
              + ". The first: "
              + reason
              + ". The second: "
              + layer.obstacle(e),
          inTheWay);
    }
  }

  /** Which layer makes the calls, for people; and why, where it is not the usual one. */
  String description() {
    return isUsual ? layer.description() : layer.description() + ", since " + why;
  }
}
