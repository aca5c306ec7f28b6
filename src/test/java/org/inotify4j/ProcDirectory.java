package org.inotify4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a directory that looks like {@code /proc}. */
final class ProcDirectory {

  private final Path root;

  ProcDirectory(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** The process that asks. */
  ProcDirectory self(int pid) throws IOException {
    Files.createSymbolicLink(root.resolve("self"), Path.of(Integer.toString(pid)));
    return this;
  }

  /**
   * Adds a process.
   *
   * @param instances how many watches each of its instances has
   */
  Path process(int pid, int uid, String command, int... instances) throws IOException {
    Path process = Files.createDirectory(root.resolve(Integer.toString(pid)));
    Path fd = Files.createDirectory(process.resolve("fd"));
    Path fdinfo = Files.createDirectory(process.resolve("fdinfo"));
    Files.createSymbolicLink(fd.resolve("0"), Path.of("pipe:[4711]"));
    Files.createSymbolicLink(fd.resolve("1"), Path.of("socket:[4711]"));
    int number = 2;
    for (int watches : instances) {
      Files.createSymbolicLink(fd.resolve(Integer.toString(number)), Path.of("anon_inode:inotify"));
      String head = "pos:\t0\nflags:\t02004000\nmnt_id:\t15\nino:\t1057\n";
      String line = "inotify wd:1 ino:2 sdev:fe00000 mask:fce ignored_mask:0 fhandle-bytes:8\n";
      Files.writeString(fdinfo.resolve(Integer.toString(number)), head + line.repeat(watches));
      number++;
    }
    byte[] name = {'n', (byte) 0xFF};
    Files.write(process.resolve("comm"), name);
    Files.writeString(
        process.resolve("status"),
        "Name:\tn\u00ff\nUid:\t99\t" + uid + "\t" + uid + "\t" + uid + "\n",
        StandardCharsets.ISO_8859_1);
    Files.writeString(process.resolve("cmdline"), command.replace(' ', '\0'));
    stat(process, "S", 0x400100);
    return process;
  }

  static void stat(Path process, String state, int flags) throws IOException {
    Files.writeString(
        process.resolve("stat"),
        process.getFileName() + " (a ) S) " + state + " 1 2 3 0 -1 " + flags + " 52 0 0 0\n");
  }

  /** A setting of {@code /proc/sys}. */
  void setting(String name, String value) throws IOException {
    Path file = root.resolve("sys").resolve(name.replace('.', '/'));
    Files.createDirectories(file.getParent());
    Files.writeString(file, value + "\n");
  }
}
