#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#include "hornet_hdf5.h"

struct hdf5_library hornet_hdf5;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
void hornet_hdf5_lock(void) { pthread_mutex_lock(&mutex); }
void hornet_hdf5_unlock(void) { pthread_mutex_unlock(&mutex); }

#define TEXT(name) TEXT_OF(name)
#define TEXT_OF(name) #name

/// Finds all symbols; the headers must be of the same version, as structures and symbols change from one to the next.
static int find_symbols(void *library) {
#define FIND(name) \
    if (!(hornet_hdf5.name = (__typeof__(hornet_hdf5.name))dlsym(library, TEXT(name)))) return 0;
    HDF5_FUNCTIONS(FIND)
    unsigned major = 0, minor = 0, release = 0;
    if (hornet_hdf5.H5get_libversion(&major, &minor, &release) < 0) return 0;
    if (major != H5_VERS_MAJOR || minor != H5_VERS_MINOR) return 0;
    HDF5_IDENTIFIERS(FIND)
#undef FIND
    return 1;
}

const char *hornet_hdf5_load(void) {
    // Debian's names, by version, then those of others.
    static const char *const names[] = {
        "libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so.200", "libhdf5_serial.so",
        "libhdf5.so.103", "libhdf5.so.310", "libhdf5.so.200", "libhdf5.so", "libhdf5.dylib",
        "/opt/homebrew/lib/libhdf5.dylib", "/usr/local/lib/libhdf5.dylib",
    };
    static int is_loaded = 0;
    static char reason[128];
    const char *result = NULL;
    hornet_hdf5_lock();
    for (size_t i = 0; !is_loaded && i < sizeof names / sizeof *names; i++) {
        void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (!library) continue;
        is_loaded = find_symbols(library);
        if (!is_loaded) dlclose(library);
    }
    if (!is_loaded) {
        snprintf(reason, sizeof reason, "libhdf5 %d.%d is not there", H5_VERS_MAJOR, H5_VERS_MINOR);
        result = reason;
    }
    hornet_hdf5_unlock();
    return result;
}
