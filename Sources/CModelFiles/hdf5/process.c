// The process in which files are read, and its limits.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "hornet_hdf5.h"
#include "library.h"
#include "reader.h"

static void limit(int resource, uint64_t value) {
    struct rlimit limits;
    if (getrlimit(resource, &limits) != 0) return;
    if (limits.rlim_max == RLIM_INFINITY || limits.rlim_max > value) limits.rlim_max = (rlim_t)value;
    limits.rlim_cur = limits.rlim_max;
    setrlimit(resource, &limits);
}

/// Closes all descriptors from `first` to `last`, or as many as there are likely to be.
static void close_range_of(unsigned first, unsigned last) {
    if (first > last) return;
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, last, 0) == 0) return;
#endif
    for (unsigned descriptor = first; descriptor <= last && descriptor < 4096; descriptor++) close((int)descriptor);
}

/// Keeps the process from doing anything but reading and writing, for long, or with much memory.
static void confine(int descriptor, uint64_t file_size, uint64_t address_space) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
    // What glibc or the library print when memory is damaged helps nobody.
    int null = open("/dev/null", O_RDWR);
    for (int standard = 0; standard < 3; standard++) dup2(null, standard);
    close_range_of(3, (unsigned)descriptor - 1);
    close_range_of((unsigned)descriptor + 1, ~0u);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, 2 + (file_size >> 20));
    if (address_space) limit(RLIMIT_AS, address_space);
    alarm((unsigned)(60 + (file_size >> 20)));
}

/// The bytes of address space that the process has; 0 when the system does not say.
static uint64_t present_address_space(void) {
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return 0;
    if (fscanf(file, "%lu", &pages) != 1) pages = 0;
    fclose(file);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

int hornet_hdf5_start_reader(const void *bytes, size_t size, pid_t *process, int *descriptor) {
    int ends[2];
    if (pipe(ends) != 0) return errno;
    for (int end = 0; end < 2; end++) fcntl(ends[end], F_SETFD, FD_CLOEXEC);
#ifdef F_SETPIPE_SZ
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
#endif
    uint64_t address_space = present_address_space();
    if (address_space) address_space += (256 << 20) + 64 * size;
    hornet_hdf5_lock();
    pid_t child = fork();
    if (child == 0) {
        confine(ends[1], size, address_space);
        hornet_hdf5_describe(ends[1], (void *)bytes, size);
        _exit(0);
    }
    int code = errno;
    hornet_hdf5_unlock();
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return code;
    }
    *process = child;
    *descriptor = ends[0];
    return 0;
}

int hornet_hdf5_end_reader(pid_t process, int descriptor) {
    close(descriptor);
    int status = 0;
    pid_t result;
    // One that wrote all is done by now, or as good as done.
    for (int patience = 0; (result = waitpid(process, &status, WNOHANG)) == 0 && patience < 100; patience++) usleep(200);
    if (result == 0) {
        kill(process, SIGKILL);
        while ((result = waitpid(process, &status, 0)) < 0 && errno == EINTR) {}
    }
    // Who ignores SIGCHLD has no statuses: then the stream's last record must do.
    return result < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
