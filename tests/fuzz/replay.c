/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Runs a fuzzer's function over files and folders, for compilers without libFuzzer and as a test.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned files;

static int run_file(const char *path, size_t size) {
        FILE *f = fopen(path, "rb");
        uint8_t *data = malloc(size > 0 ? size : 1);
        int r = -1;

        if (f && data && fread(data, 1, size, f) == size) {
                LLVMFuzzerTestOneInput(data, size);
                files++;
                r = 0;
        } else
                fprintf(stderr, "cannot read %s\n", path);
        free(data);
        if (f)
                fclose(f);
        return r;
}

static int run(const char *path) {
        struct dirent *entry;
        struct stat st;
        char name[4096];
        int r = 0;
        DIR *dir;

        if (stat(path, &st) < 0) {
                fprintf(stderr, "no such file: %s\n", path);
                return -1;
        }
        if (!S_ISDIR(st.st_mode))
                return run_file(path, (size_t) st.st_size);
        dir = opendir(path);
        while (dir && (entry = readdir(dir))) {
                if (entry->d_name[0] == '.')
                        continue;
                snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
                r |= run(name);
        }
        if (dir)
                closedir(dir);
        return r;
}

int main(int argc, char **argv) {
        int r = 0;

        for (int i = 1; i < argc; i++)
                r |= run(argv[i]);
        printf("%s: %u inputs\n", argv[0], files);
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
