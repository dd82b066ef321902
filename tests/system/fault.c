/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Faults on purpose, preloaded into the daemon by tests. It counts the allocations of the whole process, its libraries included,
 * and the system calls on files in $FAULT_FOLDER. The file $FAULT holds the counts and what is to fail, as faults.py describes;
 * it is mapped, so that the test can read and change it while the daemon runs.
 *
 * Allocations that the mocked computer makes do not fail: no real computer has them.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define FILES_MAX 4096
#define FRAMES 40

/* Counts start at 1. A fault hits the operations from `from` on, `n` of them; n = 0: none. They fail with `error`, or where that
 * is 0 the process is killed. */
struct fault {
        uint64_t count, from, n, hits, error;
};

struct faults {
        struct fault allocation, call;
};

static struct faults nothing, *faults = &nothing;
static char folder[PATH_MAX];
static bool is_in_folder[FILES_MAX];
static __thread bool inside;

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

__attribute__((constructor)) static void begin(void) {
        const char *path = getenv("FAULT"), *where = getenv("FAULT_FOLDER");
        int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
        void *frames[2], *map;

        (void) backtrace(frames, 2); /* loads its library now */
        if (where && strlen(where) < sizeof folder)
                strcpy(folder, where);
        if (fd < 0)
                return;
        map = mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close(fd);
        if (map != MAP_FAILED)
                faults = map;
}

static bool is_due(struct fault *f) {
        uint64_t n = __atomic_add_fetch(&f->count, 1, __ATOMIC_RELAXED);

        return f->n > 0 && n >= f->from && n - f->from < f->n;
}

static bool is_mock(void) {
        void *frames[FRAMES];
        bool found = false;
        Dl_info info;

        inside = true;
        for (int i = 0, n = backtrace(frames, FRAMES); i < n; i++)
                found |= dladdr(frames[i], &info) && info.dli_fname && strstr(info.dli_fname, "umockdev");
        inside = false;
        return found;
}

static void hit(struct fault *f) {
        f->hits++;
        if (f->error == 0)
                kill(getpid(), SIGKILL);
        errno = (int) f->error;
}

/* Returns whether this allocation fails. */
static bool no_memory(void) {
        if (inside || faults == &nothing)
                return false;
        if (!is_due(&faults->allocation))
                return false;
        if (is_mock()) {
                if (faults->allocation.n != UINT64_MAX)
                        faults->allocation.n++;
                return false;
        }
        if (getenv("FAULT_TRACE")) {
                void *frames[FRAMES];

                inside = true;
                backtrace_symbols_fd(frames, backtrace(frames, FRAMES), 2);
                inside = false;
        }
        hit(&faults->allocation);
        return true;
}

EXPORT void *malloc(size_t size) {
        return no_memory() ? NULL : __libc_malloc(size);
}

EXPORT void *calloc(size_t n, size_t size) {
        return no_memory() ? NULL : __libc_calloc(n, size);
}

EXPORT void *realloc(void *p, size_t size) {
        return no_memory() ? NULL : __libc_realloc(p, size);
}

EXPORT void *memalign(size_t alignment, size_t size) {
        return no_memory() ? NULL : __libc_memalign(alignment, size);
}

EXPORT void *aligned_alloc(size_t alignment, size_t size) {
        return no_memory() ? NULL : __libc_memalign(alignment, size);
}

EXPORT int posix_memalign(void **ret, size_t alignment, size_t size) {
        void *p = no_memory() ? NULL : __libc_memalign(alignment, size);

        if (!p)
                return ENOMEM;
        *ret = p;
        return 0;
}

static bool is_ours(const char *path) {
        return *folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static bool is_our_file(int fd) {
        return fd >= 0 && fd < FILES_MAX && is_in_folder[fd];
}

/* Returns whether this call fails, with errno set. */
static bool fails(bool ours) {
        if (!ours || faults == &nothing)
                return false;
        if (!is_due(&faults->call))
                return false;
        hit(&faults->call);
        return true;
}

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

EXPORT int posix_fallocate(int fd, off_t at, off_t n) {
        return fails(is_our_file(fd)) ? errno : REAL(posix_fallocate)(fd, at, n);
}

static int opened(int fd, bool ours) {
        if (fd >= 0 && fd < FILES_MAX)
                is_in_folder[fd] = ours;
        return fd;
}

#define OPEN(name)                                                                                       \
        EXPORT int name(const char *path, int flags, ...) {                                              \
                va_list ap;                                                                              \
                unsigned mode;                                                                           \
                                                                                                         \
                va_start(ap, flags);                                                                     \
                mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, unsigned) : 0;                         \
                va_end(ap);                                                                              \
                return fails(is_ours(path)) ? -1 : opened(REAL(name)(path, flags, mode), is_ours(path)); \
        }

#define OPEN_2(name)                                                                               \
        int name(const char *path, int flags);                                                     \
        EXPORT int name(const char *path, int flags) {                                             \
                return fails(is_ours(path)) ? -1 : opened(REAL(name)(path, flags), is_ours(path)); \
        }

OPEN(open)
OPEN(open64)
OPEN_2(__open_2)
OPEN_2(__open64_2)

#define ON_FILE(type, name, parameters, arguments)                         \
        EXPORT type name parameters {                                      \
                return fails(is_our_file(fd)) ? -1 : REAL(name) arguments; \
        }

#define ON_PATH(type, name, parameters, arguments)                       \
        EXPORT type name parameters {                                    \
                return fails(is_ours(path)) ? -1 : REAL(name) arguments; \
        }

ON_FILE(ssize_t, read, (int fd, void *data, size_t n), (fd, data, n))
ON_FILE(ssize_t, write, (int fd, const void *data, size_t n), (fd, data, n))
ON_FILE(ssize_t, pread, (int fd, void *data, size_t n, off_t at), (fd, data, n, at))
ON_FILE(ssize_t, pread64, (int fd, void *data, size_t n, off64_t at), (fd, data, n, at))
ON_FILE(ssize_t, pwrite, (int fd, const void *data, size_t n, off_t at), (fd, data, n, at))
ON_FILE(ssize_t, pwrite64, (int fd, const void *data, size_t n, off64_t at), (fd, data, n, at))
ON_FILE(int, fsync, (int fd), (fd))
ON_FILE(int, fdatasync, (int fd), (fd))
ON_FILE(int, ftruncate, (int fd, off_t size), (fd, size))
ON_FILE(int, ftruncate64, (int fd, off64_t size), (fd, size))
ON_FILE(int, fstat, (int fd, struct stat *st), (fd, st))
ON_FILE(int, fstat64, (int fd, struct stat64 *st), (fd, st))
ON_FILE(int, fchmod, (int fd, mode_t mode), (fd, mode))
ON_FILE(int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group))
ON_PATH(int, stat, (const char *path, struct stat *st), (path, st))
ON_PATH(int, stat64, (const char *path, struct stat64 *st), (path, st))
ON_PATH(int, lstat, (const char *path, struct stat *st), (path, st))
ON_PATH(int, lstat64, (const char *path, struct stat64 *st), (path, st))
ON_PATH(int, access, (const char *path, int mode), (path, mode))
ON_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(int, unlink, (const char *path), (path))
ON_PATH(int, remove, (const char *path), (path))

EXPORT int rename(const char *from, const char *to) {
        return fails(is_ours(to)) ? -1 : REAL(rename)(from, to);
}

/* The file is closed nevertheless. */
EXPORT int close(int fd) {
        bool ours = is_our_file(fd);

        (void) opened(fd, false);
        if (REAL(close)(fd) < 0)
                return -1;
        return fails(ours) ? -1 : 0;
}

#define FCNTL(name)                                                                     \
        EXPORT int name(int fd, int command, ...) {                                     \
                va_list ap;                                                             \
                void *argument;                                                         \
                                                                                        \
                va_start(ap, command);                                                  \
                argument = va_arg(ap, void *);                                          \
                va_end(ap);                                                             \
                return fails(is_our_file(fd)) ? -1 : REAL(name)(fd, command, argument); \
        }

FCNTL(fcntl)
FCNTL(fcntl64)

#define MMAP(name, offset)                                                                                   \
        EXPORT void *name(void *at, size_t n, int protection, int flags, int fd, offset from) {              \
                return fails(is_our_file(fd)) ? MAP_FAILED : REAL(name)(at, n, protection, flags, fd, from); \
        }

MMAP(mmap, off_t)
MMAP(mmap64, off64_t)
