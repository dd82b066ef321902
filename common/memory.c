/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Ends the program with a message when there is no memory left.
 *
 * These functions are found before those of the C library, by the shared libraries as well. Some of the libraries do not survive
 * an allocation that fails: json-c dereferences a null pointer. An exit is safe at any time, because files are replaced as a
 * whole and the database is transactional, and the service manager starts the program again. Crashing instead would lose nothing
 * more, but says nothing and leaves a core dump with the addresses of headsets in it.
 *
 * The functions that follow are those which "Replacing malloc" in the manual of the C library lists and which the programs and
 * their libraries use. They call the next ones in the order of symbol lookup, so that a preloaded allocator is still used.
 */

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/log.h"

/* Looking up a symbol that exists does not allocate. The pointer is the same in all threads. */
#define NEXT(name)                                                          \
        ({                                                                  \
                static __typeof__(&name) next;                              \
                if (!next)                                                  \
                        next = (__typeof__(&name)) dlsym(RTLD_NEXT, #name); \
                next;                                                       \
        })

/* An exit handler may allocate, so none is run. */
static void *or_exit(void *p) {
        if (p)
                return p;
        log_error("Out of memory.");
        _exit(EXIT_FAILURE);
}

void *malloc(size_t size) {
        return or_exit(NEXT(malloc)(size));
}

void *calloc(size_t n, size_t size) {
        return or_exit(NEXT(calloc)(n, size));
}

/* With a size of 0 it frees and returns a null pointer. */
void *realloc(void *p, size_t size) {
        void *q = NEXT(realloc)(p, size);

        return size > 0 ? or_exit(q) : q;
}

void *aligned_alloc(size_t alignment, size_t size) {
        return or_exit(NEXT(aligned_alloc)(alignment, size));
}

int posix_memalign(void **ret, size_t alignment, size_t size) {
        int r = NEXT(posix_memalign)(ret, alignment, size);

        if (r == ENOMEM)
                (void) or_exit(NULL);
        return r;
}
