package org.inotify4j.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.inotify4j.ChildJvm;
import org.springframework.boot.loader.launch.JarLauncher;

/** A jar with jars in it, as Spring Boot packs programs. */
final class ExecutableJar {

  private ExecutableJar() {}

  /** Packs the jars of a program, with the classes that start it. */
  static Path make(Path jar, Class<?> main, Path... libraries) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
    attributes.putValue("Start-Class", main.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        JarFile loader = new JarFile(ChildJvm.home(JarLauncher.class).toFile())) {
      for (Enumeration<JarEntry> all = loader.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          try (InputStream in = loader.getInputStream(entry)) {
            in.transferTo(out);
          }
        }
      }
      out.putNextEntry(new ZipEntry("BOOT-INF/classes/"));
      for (Path library : libraries) {
        store(out, library);
      }
    }
    return jar;
  }

  /** As it is: a compressed one could not be read in place. */
  private static void store(JarOutputStream out, Path library) throws IOException {
    byte[] bytes = Files.readAllBytes(library);
    ZipEntry entry = new ZipEntry("BOOT-INF/lib/" + library.getFileName());
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
  }
}
