#ifndef HORNET_HDF5_READER_H
#define HORNET_HDF5_READER_H

#include <stddef.h>

/// Writes what the file in `bytes [size]` holds to `descriptor`. May end the process.
void hornet_hdf5_describe(int descriptor, void *bytes, size_t size);

#endif
