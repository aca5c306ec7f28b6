/*
 * Makes files in a directory and deletes each at once, when a byte comes on its standard input: two
 * events a file.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 3)
    errx(2, "usage: changes DIRECTORY FILES");
  int files = atoi(argv[2]);
  if (getchar() == EOF)
    return 0;
  char path[4096];
  for (int i = 0; i < files; i++) {
    snprintf(path, sizeof path, "%s/file-%07d.txt", argv[1], i);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
      err(1, "%s", path);
    close(file);
    unlink(path);
  }
  return 0;
}
