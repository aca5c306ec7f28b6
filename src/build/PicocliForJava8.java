import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import picocli.CommandLine;

/**
 * Writes picocli's classes anew as class files of Java 8, with stack map frames, for the command's
 * jar. As they are published they are class files of Java 5, which the JVM keeps in no archive of
 * classes and in no AOT cache.
 *
 * <p>Run by the build, with ASM and picocli on the class path; its argument is the jar to write.
 */
final class PicocliForJava8 {

  private static final String NOTICE =
      "These classes are those of picocli, changed by the build of inotify4j: they were written"
          + " anew with the class file version of Java 8, and with stack map frames.\n";

  /** Where a class file has its major version; the byte before that is 0. */
  private static final int VERSION = 7;

  private PicocliForJava8() {}

  public static void main(String[] args) throws Exception {
    Path published =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path written = Path.of(args[0]);
    Files.createDirectories(written.getParent());
    try (JarFile in = new JarFile(published.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(written))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (entry.getName().matches("picocli/.*\\.class")) {
          byte[] bytes = in.getInputStream(entry).readAllBytes();
          write(out, entry.getName(), entry, rewritten(bytes));
        }
      }
      byte[] notice = NOTICE.getBytes(StandardCharsets.US_ASCII);
      write(out, "picocli/CHANGED.txt", in.getEntry("picocli/CommandLine.class"), notice);
    }
  }

  private static byte[] rewritten(byte[] classFile) {
    classFile[VERSION] = (byte) Math.max(classFile[VERSION], Opcodes.V1_8);
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          /** Knows the classes of picocli and of the JDK: any other one would fail the build. */
          @Override
          protected ClassLoader getClassLoader() {
            return CommandLine.class.getClassLoader();
          }
        };
    new ClassReader(classFile).accept(writer, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** The time is the one of the published jar, in whichever time zone this runs. */
  private static void write(ZipOutputStream out, String name, ZipEntry published, byte[] bytes)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(published.getTimeLocal());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
