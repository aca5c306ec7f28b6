/*
 * Lets events gather in the kernel's queue, and then reads them all and looks at each: a number of
 * times, of which the median of the later half is printed, in nanoseconds an event. A second thread
 * reads, as a service's does: what the kernel has queued is in the cache of another processor.
 */
#define _GNU_SOURCE
#include "clock.h"
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define CAPACITY (256 * 1024)

static long long checksum;
static int inotify;
static int events;
static sem_t filled;
static sem_t drained;

static void fill(const char *directory) {
  char path[4096];
  for (int i = 0; i < events / 2; i++) {
    snprintf(path, sizeof path, "%s/file-%06d.txt", directory, i);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
      err(1, "%s", path);
    close(file);
    unlink(path);
  }
}

static void drain(void) {
  _Alignas(struct inotify_event) static char buffer[CAPACITY];
  for (int seen = 0; seen < events;) {
    ssize_t length = read(inotify, buffer, sizeof buffer);
    if (length < 0)
      err(1, "after %d of %d events", seen, events);
    for (ssize_t at = 0; at < length;) {
      const struct inotify_event *event = (const struct inotify_event *)(buffer + at);
      if (event->mask & IN_Q_OVERFLOW)
        errx(1, "the queue is too short: see fs.inotify.max_queued_events");
      checksum += event->mask + event->cookie + strlen(event->name);
      at += sizeof *event + event->len;
      seen++;
    }
  }
}

static void *reader(void *unused) {
  while (1) {
    sem_wait(&filled);
    drain();
    sem_post(&drained);
  }
  return unused;
}

int main(int argc, char **argv) {
  if (argc != 4)
    errx(2, "usage: drain DIRECTORY EVENTS TIMES");
  events = atoi(argv[2]);
  int times = atoi(argv[3]);
  inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (inotify < 0 || inotify_add_watch(inotify, argv[1], IN_CREATE | IN_DELETE) < 0)
    err(1, "%s", argv[1]);
  pthread_t thread;
  if (sem_init(&filled, 0, 0) < 0 || sem_init(&drained, 0, 0) < 0 ||
      pthread_create(&thread, NULL, reader, NULL) != 0)
    errx(1, "no thread");
  int64_t *figures = calloc(times, sizeof *figures);
  for (int i = 0; i < times; i++) {
    fill(argv[1]);
    int64_t start = nanos();
    sem_post(&filled);
    sem_wait(&drained);
    figures[i] = nanos() - start;
  }
  int later = times - times / 2;
  sort(figures + times / 2, later);
  printf("drain=%.1f\n", (double)figures[times / 2 + later / 2] / events);
  fprintf(stderr, checksum == 0 ? "nothing was read\n" : "");
  return 0;
}
