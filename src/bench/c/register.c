/*
 * Watches every directory in a directory, by its path, and prints how many microseconds each took.
 */
#define _GNU_SOURCE
#include "clock.h"
#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>

#define EVENTS (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY | IN_ATTRIB)

int main(int argc, char **argv) {
  if (argc != 2)
    errx(2, "usage: register DIRECTORY");
  struct dirent **entries;
  int count = scandir(argv[1], &entries, NULL, NULL);
  if (count < 0)
    err(1, "%s", argv[1]);
  char **paths = calloc(count, sizeof *paths);
  int directories = 0;
  for (int i = 0; i < count; i++) {
    const char *name = entries[i]->d_name;
    if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
        asprintf(&paths[directories++], "%s/%s", argv[1], name) < 0)
      err(1, "no memory");
  }
  int inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (inotify < 0)
    err(1, "inotify");
  int64_t start = nanos();
  for (int i = 0; i < directories; i++) {
    if (inotify_add_watch(inotify, paths[i], EVENTS | IN_MASK_ADD | IN_ONLYDIR) < 0)
      err(1, "%s", paths[i]);
  }
  printf("directories=%d\tcold=%.3f\n", directories, (nanos() - start) / 1e3 / directories);
  return 0;
}
