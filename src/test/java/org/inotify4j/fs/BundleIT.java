package org.inotify4j.fs;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.outputOf;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.InFelix;
import org.inotify4j.fs.programs.WatchesATree;
import org.inotify4j.fs.programs.WatchingBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

/** The packaged library is an OSGi bundle, with the packages that its module exports. */
final class BundleIT {

  private static final String VERSION = System.getProperty("inotify4j.version");

  /** What it can do without. */
  private static final Map<String, String> OPTIONAL =
      Map.of(
          "com.sun.jna",
          "version=\"[" + System.getProperty("inotify4j.jna.oldest") + ",6)\";resolution:=optional",
          "javax.security.auth",
          "resolution:=optional",
          "jdk.jfr",
          "resolution:=optional");

  @TempDir private Path scratch;

  @Test
  void itExports_whatTheModuleExportsToAll() throws IOException {
    ModuleDescriptor module;
    try (JarFile jar = new JarFile(JAR.toFile());
        InputStream file = jar.getInputStream(jar.getEntry("module-info.class"))) {
      module = ModuleDescriptor.read(file);
    }
    String[] exported =
        module.exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .toArray(String[]::new);
    Attributes manifest = manifest();
    assertThat(packages(manifest.getValue(Constants.EXPORT_PACKAGE)))
        .containsOnlyKeys(exported)
        .allSatisfy(
            (name, details) -> assertThat(details).startsWith("version=\"" + VERSION + "\""));
    assertThat(manifest.getValue(Constants.BUNDLE_SYMBOLICNAME)).isEqualTo(module.name());
  }

  @Test
  void itImports_whatItCanDoWithout() throws IOException {
    assertThat(packages(manifest().getValue(Constants.IMPORT_PACKAGE)))
        .containsExactlyInAnyOrderEntriesOf(OPTIONAL);
  }

  /** A framework reads these two headers of the newest Java that has them. */
  @Test
  void theClassesOfNewerJavas_wantNothingElse() throws IOException {
    int count = 0;
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (int release = 22; release <= Runtime.version().feature(); release++) {
        JarEntry file = jar.getJarEntry("META-INF/versions/" + release + "/OSGI-INF/MANIFEST.MF");
        if (file != null) {
          Attributes headers = new Manifest(jar.getInputStream(file)).getMainAttributes();
          assertThat(packages(headers.getValue(Constants.IMPORT_PACKAGE)))
              .containsExactlyInAnyOrderEntriesOf(OPTIONAL);
          assertThat(headers.getValue(Constants.REQUIRE_CAPABILITY)).isEqualTo(javaOf(release));
          count++;
        }
      }
    }
    int feature = Runtime.version().feature();
    assertThat(count).isEqualTo(feature >= 24 ? 2 : feature >= 22 ? 1 : 0);
  }

  @Test
  void theManifest_isThatOfTheLibraryToo() throws IOException {
    assertThat(
            manifest().entrySet().stream()
                .collect(
                    toMap(each -> each.getKey().toString(), each -> each.getValue().toString())))
        .contains(
            entry("Bundle-ManifestVersion", "2"),
            entry("Bundle-Version", VERSION),
            entry("Can-Retransform-Classes", "true"),
            entry("Implementation-Title", "inotify4j"),
            entry("Implementation-Version", VERSION),
            entry("Multi-Release", "true"),
            entry("Premain-Class", "org.inotify4j.agent.Agent"),
            entry("Require-Capability", javaOf(17)))
        .doesNotContainKeys("Private-Package", "Bnd-LastModified", "Main-Class");
  }

  /** The command's jar has its own, and is no bundle. */
  @Test
  void theCommand_isNoBundle() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("inotify4j.cli.jar"))) {
      assertThat(jar.getManifest().getMainAttributes().keySet().stream().map(Object::toString))
          .contains("Main-Class", "Enable-Native-Access", "Multi-Release")
          .noneMatch(name -> name.matches("Bundle-.*|.*-Package|.*-Capability"));
      assertThat(jar.stream().map(JarEntry::getName)).noneMatch(name -> name.contains("OSGI-INF"));
    }
  }

  @Test
  void anotherBundle_watchesWithIt() throws Exception {
    Path user =
        Packaged.jar(
            scratch.resolve("user.jar"),
            Map.of(
                Constants.BUNDLE_MANIFESTVERSION, "2",
                Constants.BUNDLE_SYMBOLICNAME, "user",
                Constants.BUNDLE_ACTIVATOR, WatchingBundle.class.getName(),
                Constants.IMPORT_PACKAGE, "org.inotify4j.watch,org.osgi.framework"),
            WatchingBundle.class,
            WatchesATree.class);
    Path felix = ChildJvm.home(FrameworkFactory.class);
    String[] arguments = {
      scratch.resolve("felix").toString(),
      Files.createDirectory(scratch.resolve("watched")).toString(),
      JAR.toString(),
      user.toString(),
      JNA.toString()
    };
    // On newer Javas without JNA.
    int count = FOREIGN ? arguments.length - 1 : arguments.length;
    ChildJvm child = ChildJvm.of(InFelix.class).classPath(felix, PROGRAMS);
    if (Runtime.version().feature() >= 24) {
      // The framework's own use of it, which this Java warns of.
      child.options("--sun-misc-unsafe-memory-access=allow");
    }
    String output = outputOf(child, Arrays.copyOf(arguments, count));
    assertThat(output).isEqualTo("org.inotify4j\n" + WatchesATree.OUTPUT);
  }

  private static Attributes manifest() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.getManifest().getMainAttributes();
    }
  }

  private static String javaOf(int release) {
    return "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=" + release + "))\"";
  }

  /** The packages of a header, each with what it says of it. */
  private static Map<String, String> packages(String header) {
    return Arrays.stream(header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(clause -> clause.split(";", 2))
        .collect(toMap(clause -> clause[0], clause -> clause[1]));
  }
}
