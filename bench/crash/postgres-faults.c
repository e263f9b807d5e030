/*
 * Loaded into PostgreSQL (LD_PRELOAD): a disk that fails now and then. While the one byte of the file
 * CRASH_DIAL is not 0, writes and flushes of regular files end with EIO, so many in 256 as it says;
 * a failed write may have written half. Nothing that failed is written later.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static volatile unsigned char *dial;
static unsigned int dice;

__attribute__((constructor)) static void find_dial(void) {
  const char *path = getenv("CRASH_DIAL");
  int fd = path ? open(path, O_RDONLY) : -1;
  void *page = fd < 0 ? MAP_FAILED : mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
  if (page != MAP_FAILED) dial = page;
  if (fd >= 0) close(fd);
}

static int fails(int fd) {
  struct stat file;
  if (!dial || *dial == 0) return 0;
  if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode) || fd <= 2) return 0;
  if (dice == 0) dice = (unsigned int)getpid() * 2654435761u;
  if (rand_r(&dice) % 256 >= *dial) return 0;
  errno = EIO;
  return 1;
}

#define REAL(name, type) \
  static type real; \
  if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*pwrite_type)(int, const void *, size_t, off_t);
typedef ssize_t (*pwritev_type)(int, const struct iovec *, int, off_t);
typedef ssize_t (*write_type)(int, const void *, size_t);
typedef int (*sync_type)(int);

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
  REAL("pwrite", pwrite_type);
  if (!fails(fd)) return real(fd, bytes, size, at);
  if (rand_r(&dice) % 2) real(fd, bytes, size / 2, at);
  errno = EIO;
  return -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at) {
  return pwrite(fd, bytes, size, at);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  REAL("pwritev", pwritev_type);
  return fails(fd) ? -1 : real(fd, parts, count, at);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) {
  return pwritev(fd, parts, count, at);
}

ssize_t write(int fd, const void *bytes, size_t size) {
  REAL("write", write_type);
  return fails(fd) ? -1 : real(fd, bytes, size);
}

int fsync(int fd) {
  REAL("fsync", sync_type);
  return fails(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  REAL("fdatasync", sync_type);
  return fails(fd) ? -1 : real(fd);
}
