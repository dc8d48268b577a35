#if defined(__linux__)
    #define _GNU_SOURCE // for the affinity mask
    #include <sched.h>
#endif
#include <unistd.h>

#include "include/hornet_kernels.h"

int hornet_processor_count(void) {
#if defined(__linux__)
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}
