// HDF5 files, by the system's libhdf5. The library is loaded when it is first asked for: linked, it would bring dozens
// of others into every program that uses Hornet.
#ifndef HORNET_HDF5_H
#define HORNET_HDF5_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Loads libhdf5. Returns NULL, or why it can't be used.
const char *hornet_hdf5_load(void);

/// Starts a process that reads a file whose content is `bytes [size]` and writes what it finds to `*descriptor` (see
/// reader.c for the form). A file that makes libhdf5 crash, hang or eat memory ends that process, not this one. The
/// library must be loaded. Returns 0, or an errno.
int hornet_hdf5_start_reader(const void *bytes, size_t size, pid_t *process, int *descriptor);

/// Ends the process and waits for it. Returns whether it came to its own good end before it was told to.
int hornet_hdf5_end_reader(pid_t process, int descriptor);

/// Begins a file in memory, expected to have about `size` bytes. Until `hornet_hdf5_close` no other thread may use the
/// library: it waits. Returns the root group, or -1.
int64_t hornet_hdf5_create(size_t size);
/// Gives all bytes that were written; valid until the file is closed. Returns 0 or -1.
int hornet_hdf5_image(const void **bytes, size_t *count);
void hornet_hdf5_close(void);

/// Makes a group, to be closed by `hornet_hdf5_end_group`. Returns -1 when that fails.
int64_t hornet_hdf5_begin_group(int64_t parent, const char *name);
void hornet_hdf5_end_group(int64_t group);
/// Data sets of `shape [rank]`: little-endian 32-bit floats, 64-bit integers. Return 0 or -1.
int hornet_hdf5_write_floats(int64_t group, const char *name, const uint64_t *shape, int rank, const float *data);
int hornet_hdf5_write_integers(int64_t group, const char *name, const uint64_t *shape, int rank, const int64_t *data);
/// Attributes: a text, a list of texts, an empty list of 64-bit floats. Return 0 or -1.
int hornet_hdf5_write_text(int64_t object, const char *name, const char *text);
int hornet_hdf5_write_texts(int64_t object, const char *name, const char *const *texts, size_t count);
int hornet_hdf5_write_nothing(int64_t object, const char *name);

#endif
