/*
 * Loaded before the real command (LD_PRELOAD): writes each call by which this process changes files below the folder
 * KILL_BELOW, on whatever thread, to the file KILL_LOG as "name path", and ends the process by SIGKILL when it comes for
 * the KILL_TIMEth time to the call KILL_CALL, before that has done anything. A # at the end of KILL_CALL is any ending.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long count, at;
static const char *below, *wanted;
static char here[PATH_MAX];
static int record = -1;

__attribute__((constructor)) static void begin(void) {
  below = getenv("KILL_BELOW");
  if (getcwd(here, sizeof here) == NULL) abort();
  wanted = getenv("KILL_CALL");
  at = atol(getenv("KILL_TIME"));
  record = syscall(SYS_openat, AT_FDCWD, getenv("KILL_LOG"), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
  /* A process that this one starts to draw writes nothing here, and must not begin the record anew. */
  unsetenv("LD_PRELOAD");
}

/* The command never changes to another folder. */
static void reached(const char *name, const char *path) {
  char line[3 * PATH_MAX], whole[2 * PATH_MAX];
  if (below == NULL) return;
  snprintf(whole, sizeof whole, "%s%s%s", path[0] == '/' ? "" : here, path[0] == '/' ? "" : "/", path);
  size_t start = strlen(below);
  if (strncmp(whole, below, start) != 0 || whole[start] != '/') return;
  pthread_mutex_lock(&lock);
  int length = snprintf(line, sizeof line, "%s %s\n", name, whole + start);
  syscall(SYS_write, record, line, (size_t)length);
  line[length - 1] = 0;
  size_t known = strcspn(wanted, "#");
  if (wanted[known] == '#' ? strncmp(line, wanted, known) == 0 : strcmp(line, wanted) == 0) count += 1;
  if (count == at) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
  pthread_mutex_unlock(&lock);
}

static void reached_file(const char *name, int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  /* Not what only looks like a file, such as "anon_inode:[eventfd]". */
  if (path[0] == '/') reached(name, path);
}

#define REAL(result, name, ...) ((result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

int mkdir(const char *path, mode_t mode) { reached("mkdir", path); return REAL(int, mkdir, const char *, mode_t)(path, mode); }
int rmdir(const char *path) { reached("rmdir", path); return REAL(int, rmdir, const char *)(path); }
int unlink(const char *path) { reached("unlink", path); return REAL(int, unlink, const char *)(path); }
int chmod(const char *path, mode_t mode) { reached("chmod", path); return REAL(int, chmod, const char *, mode_t)(path, mode); }
int rename(const char *from, const char *to) { reached("rename", from); return REAL(int, rename, const char *, const char *)(from, to); }
int link(const char *from, const char *to) { reached("link", to); return REAL(int, link, const char *, const char *)(from, to); }
int symlink(const char *from, const char *to) { reached("symlink", to); return REAL(int, symlink, const char *, const char *)(from, to); }
int fchmod(int file, mode_t mode) { reached_file("fchmod", file); return REAL(int, fchmod, int, mode_t)(file, mode); }
int fsync(int file) { reached_file("fsync", file); return REAL(int, fsync, int)(file); }
int fdatasync(int file) { reached_file("fdatasync", file); return REAL(int, fdatasync, int)(file); }
int ftruncate64(int file, off64_t size) { reached_file("ftruncate", file); return REAL(int, ftruncate64, int, off64_t)(file, size); }
ssize_t write(int file, const void *bytes, size_t size) { reached_file("write", file); return REAL(ssize_t, write, int, const void *, size_t)(file, bytes, size); }
ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t from) { reached_file("pwrite64", file); return REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)(file, bytes, size, from); }

static int opened(const char *name, const char *path, int flags, mode_t mode) {
  if (flags & (O_WRONLY | O_RDWR | O_CREAT)) reached("openat", path);
  return ((int (*)(const char *, int, mode_t))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? va_arg(rest, mode_t) : 0; }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = mode_of(flags, rest); \
    va_end(rest); \
    return opened(#name, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
