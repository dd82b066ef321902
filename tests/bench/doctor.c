/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Time and memory of the doctor's engine: how long the choice of a step takes, and how much stack and state it needs.
 *
 * People who answer at random go through whole checks, so that the steps are those of real checks. The stack is painted before
 * and looked through afterwards; the engine allocates nothing. Exits with 1 when a limit is not met.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "doctor/engine.h"

#define CHECKS 300
#define STEP_LIMIT_MS 20.0
#define MEMORY_LIMIT (100 * 1024)

#define STACK_SIZE (1 << 20)
#define PAINT 0xa5

static double times[CHECKS * (DOCTOR_STEPS_MAX + 2)];
static size_t n_times;

static double now_ms(void) {
        struct timespec t;

        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
        double x = *(const double *) a, y = *(const double *) b;

        return (x > y) - (x < y);
}

/* Any option that is offered; a text where there are none. */
static void answer(struct doctor_check *c, enum doctor_step s) {
        unsigned n = doctor_n_options(s), option = n ? 1 + (unsigned) rand() % n : 0;

        /* Danger ends a check at once, which would measure little. */
        if (s == ASK_DANGER)
                option = DANGER_NO;
        if (n == 0 || !doctor_offers(c, s, option) || doctor_answer(c, s, doctor_steps[s].options[option - 1].id) < 0)
                doctor_skip(c, s);
}

static void one_check(void) {
        static const char *const models[] = { "WH-1000XM5", "WF-1000XM4", "WI-1000X", "PULSE 3D", "" };
        struct doctor_conclusion r;
        struct doctor_check c;
        enum doctor_step s;

        doctor_begin(&c);
        doctor_know_model(&c, models[(unsigned) rand() % (sizeof models / sizeof *models)]);
        for (unsigned i = 0; i < DOCTOR_STEPS_MAX + 2; i++) {
                double begin = now_ms();

                s = doctor_next(&c);
                times[n_times++] = now_ms() - begin;
                if (s == STEP_NONE)
                        break;
                answer(&c, s);
        }
        doctor_conclude(&c, &r);
}

static void *all_checks(void *unused) {
        for (unsigned i = 0; i < CHECKS; i++)
                one_check();
        return unused;
}

/* A thread on a stack that was painted; what is no paint any more, was used, by the thread's own start as well. */
static size_t stack_used(void) {
        unsigned char *stack = aligned_alloc(4096, STACK_SIZE);
        pthread_attr_t attributes;
        pthread_t thread;
        size_t unused = 0;

        if (!stack)
                return SIZE_MAX;
        memset(stack, PAINT, STACK_SIZE);
        pthread_attr_init(&attributes);
        if (pthread_attr_setstack(&attributes, stack, STACK_SIZE) != 0 ||
            pthread_create(&thread, &attributes, all_checks, NULL) != 0)
                return SIZE_MAX;
        pthread_join(thread, NULL);
        pthread_attr_destroy(&attributes);
        while (unused < STACK_SIZE && stack[unused] == PAINT)
                unused++;
        free(stack);
        return STACK_SIZE - unused;
}

int main(void) {
        size_t stack = stack_used();
        double worst;

        if (stack == SIZE_MAX || n_times == 0) {
                fprintf(stderr, "no thread to measure in\n");
                return EXIT_FAILURE;
        }
        qsort(times, n_times, sizeof *times, by_size);
        worst = times[n_times - 1];
        printf("doctor: choice of a step, %zu steps: median %.2f ms, worst %.2f ms of processor time (limit %.0f)\n", n_times,
               times[n_times / 2], worst, STEP_LIMIT_MS);
        printf("doctor: memory of the engine: %zu bytes of stack, the check of %zu bytes among them (limit %d)\n", stack,
               sizeof(struct doctor_check), MEMORY_LIMIT);
        return worst <= STEP_LIMIT_MS && stack <= MEMORY_LIMIT ? EXIT_SUCCESS : EXIT_FAILURE;
}
