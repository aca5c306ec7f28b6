/*
 * Reads a directory and every directory below it, asks for the status of each entry, and prints how
 * many these are and how many seconds it took the first time and the last: the system calls of a
 * snapshot, and nothing else.
 */
#define _GNU_SOURCE
#include "clock.h"
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WANTED                                                                                     \
  (STATX_TYPE | STATX_MODE | STATX_INO | STATX_SIZE | STATX_MTIME | STATX_CTIME | STATX_BTIME)

static long entries;

static int is_self_or_parent(const char *name) {
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int is_directory(int parent, const char *name) {
  struct statx status;
  if (statx(parent, name, AT_SYMLINK_NOFOLLOW, WANTED, &status) != 0)
    err(1, "%s", name);
  entries++;
  return (status.stx_mode & S_IFMT) == S_IFDIR;
}

static void enter(int parent, const char *name) {
  int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (directory < 0)
    err(1, "%s", name);
  _Alignas(struct dirent64) char records[64 * 1024];
  long length;
  while ((length = syscall(SYS_getdents64, directory, records, sizeof records)) > 0) {
    for (long at = 0; at < length;) {
      const struct dirent64 *entry = (const struct dirent64 *)(records + at);
      if (!is_self_or_parent(entry->d_name) && is_directory(directory, entry->d_name))
        enter(directory, entry->d_name);
      at += entry->d_reclen;
    }
  }
  if (length < 0)
    err(1, "%s", name);
  close(directory);
}

int main(int argc, char **argv) {
  if (argc != 3)
    errx(2, "usage: snapshot DIRECTORY TIMES");
  double first = 0;
  double last = 0;
  for (int i = 0; i < atoi(argv[2]); i++) {
    entries = 0;
    int64_t start = nanos();
    enter(AT_FDCWD, argv[1]);
    last = (nanos() - start) / 1e9;
    first = i == 0 ? last : first;
  }
  printf("entries=%ld\tcold=%.6f\twarm=%.6f\n", entries, first, last);
  return 0;
}
