/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/library.h"

#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Only read-only mappings are released. The kernel requires whole pages. */
static int on_library(struct dl_phdr_info *info, size_t size, void *userdata) {
        uintptr_t page = (uintptr_t) sysconf(_SC_PAGESIZE);

        if (!info->dlpi_name || !strstr(info->dlpi_name, userdata))
                return 0;
        for (unsigned i = 0; i < info->dlpi_phnum; i++) {
                const ElfW(Phdr) *p = &info->dlpi_phdr[i];
                uintptr_t begin = (info->dlpi_addr + p->p_vaddr) & ~(page - 1);
                uintptr_t end = (info->dlpi_addr + p->p_vaddr + p->p_memsz + page - 1) & ~(page - 1);

                if (p->p_type == PT_LOAD && (p->p_flags & PF_W) == 0)
                        (void) madvise((void *) begin, end - begin, MADV_DONTNEED);
        }
        return 0;
}

void library_rest(const char *name) {
        (void) dl_iterate_phdr(on_library, (void *) name);
}
