#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "hornet_kernels.h"

// OpenBLAS ends its threads before the process forks, also those that another thread has just given work to and waits for:
// it would wait for ever. So forks wait here for the calls that are under way, and calls for forks.

static atomic_int calls;
static atomic_int forks;

void hornet_begin_blas(void) {
    for (;;) {
        atomic_fetch_add(&calls, 1);
        if (atomic_load(&forks) == 0) return;
        atomic_fetch_sub(&calls, 1);
        while (atomic_load(&forks) > 0) sched_yield();
    }
}

void hornet_end_blas(void) { atomic_fetch_sub(&calls, 1); }

static void before_fork(void) {
    atomic_fetch_add(&forks, 1);
    while (atomic_load(&calls) > 0) sched_yield();
}

static void after_fork(void) { atomic_fetch_sub(&forks, 1); }

static void in_child(void) {
    atomic_store(&calls, 0);
    atomic_store(&forks, 0);
}

// Later than OpenBLAS, which is a library of its own, and so asked before it.
__attribute__((constructor)) static void watch_forks(void) { pthread_atfork(before_fork, after_fork, in_child); }
