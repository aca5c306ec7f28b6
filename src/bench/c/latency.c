/*
 * Writes a byte to a file and waits for the event, time and again, and prints the median and the
 * 99th percentile in microseconds: with one thread that writes and reads the event, or with a
 * second one that reads it and wakes the first.
 */
#define _GNU_SOURCE
#include "clock.h"
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static int inotify;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t came = PTHREAD_COND_INITIALIZER;
static int pending;

static int read_events(void) {
  _Alignas(struct inotify_event) char buffer[64 * 1024];
  struct pollfd waiting = {.fd = inotify, .events = POLLIN};
  if (poll(&waiting, 1, -1) < 0)
    err(1, "poll");
  ssize_t length = read(inotify, buffer, sizeof buffer);
  if (length < 0)
    err(1, "read");
  int count = 0;
  for (ssize_t at = 0; at < length; count++)
    at += sizeof(struct inotify_event) + ((const struct inotify_event *)(buffer + at))->len;
  return count;
}

static void *reader(void *unused) {
  while (1) {
    int count = read_events();
    pthread_mutex_lock(&lock);
    pending += count;
    pthread_cond_signal(&came);
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

static void take(void) {
  pthread_mutex_lock(&lock);
  while (pending == 0)
    pthread_cond_wait(&came, &lock);
  pending = 0;
  pthread_mutex_unlock(&lock);
}

int main(int argc, char **argv) {
  if (argc != 4)
    errx(2, "usage: latency DIRECTORY EVENTS one|two");
  int events = atoi(argv[2]);
  int is_one = strcmp(argv[3], "one") == 0;
  char path[4096];
  snprintf(path, sizeof path, "%s/written", argv[1]);
  int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (file < 0 || inotify < 0 || inotify_add_watch(inotify, argv[1], IN_MODIFY) < 0)
    err(1, "%s", argv[1]);
  pthread_t thread;
  if (!is_one && pthread_create(&thread, NULL, reader, NULL) != 0)
    errx(1, "no thread");
  int64_t *figures = calloc(events, sizeof *figures);
  for (int i = -events / 2; i < events; i++) {
    int64_t start = nanos();
    if (pwrite(file, "x", 1, 0) != 1)
      err(1, "%s", path);
    if (is_one)
      read_events();
    else
      take();
    if (i >= 0)
      figures[i] = nanos() - start;
  }
  sort(figures, events);
  printf("p50=%.2f\tp99=%.2f\n", figures[events / 2] / 1e3, figures[events / 100 * 99] / 1e3);
  unlink(path);
  return 0;
}
