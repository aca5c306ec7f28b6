package org.inotify4j.fs.programs;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a process with files as its streams. */
public final class Redirects {

  private Redirects() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Path in = Files.writeString(directory.resolve("in"), "read\n");
    Path out = Files.writeString(directory.resolve("out"), "before\n");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder("sh", "-c", "cat; echo complained >&2; echo made > made")
            .directory(directory.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(Redirect.appendTo(out.toFile()))
            .redirectError(err.toFile())
            .start();
    System.out.println("exit status: " + process.waitFor());
    System.out.print(Files.readString(out));
    System.out.print(Files.readString(err));
    System.out.print(Files.readString(directory.resolve("made")));
  }
}
