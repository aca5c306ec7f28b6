package org.inotify4j.fs.programs;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles a class and runs it. */
public final class CompiledClass {

  private CompiledClass() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Path source = Files.createDirectories(directory.resolve("source/some")).resolve("Made.java");
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Files.writeString(
        source,
        "package some; public class Made implements Runnable {"
            + " public void run() { System.out.println(\"made\"); } }");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(
          StandardLocation.SOURCE_PATH, List.of(directory.resolve("source")));
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(classes));
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(source);
      System.out.println("same: " + files.asPath(units.iterator().next()).equals(source));
      System.out.println(
          "compiled: " + compiler.getTask(null, files, null, List.of(), null, units).call());
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      ((Runnable) loader.loadClass("some.Made").getConstructor().newInstance()).run();
    }
  }
}
