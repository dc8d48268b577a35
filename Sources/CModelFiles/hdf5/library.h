// What is used of libhdf5, as pointers found at run time. The types come from its headers.
#ifndef HORNET_HDF5_LIBRARY_H
#define HORNET_HDF5_LIBRARY_H

#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#elif __has_include(<hdf5.h>)
#include <hdf5.h>
#else
#error "The headers of libhdf5 are missing. Install them: apt-get install libhdf5-dev"
#endif

#define HDF5_FUNCTIONS(F) \
    F(H5open) F(H5get_libversion) F(H5Eset_auto2) F(H5PLset_loading_state) \
    F(H5Fopen) F(H5Fcreate) F(H5Fclose) F(H5Fflush) F(H5Fget_vfd_handle) F(H5Fget_file_image) \
    F(H5Pcreate) F(H5Pclose) F(H5Pset_fapl_core) F(H5Pset_file_image_callbacks) F(H5Pset_file_image) \
    F(H5Pget_layout) F(H5Pget_chunk) F(H5Pget_external_count) \
    F(H5Pget_nfilters) F(H5Pget_filter2) F(H5Pset_obj_track_times) \
    F(H5Oopen) F(H5Oclose) F(H5Iget_type) F(H5Literate) F(H5Gopen2) F(H5Gcreate2) F(H5Gclose) \
    F(H5Aiterate2) F(H5Aopen) F(H5Aclose) F(H5Aget_type) F(H5Aget_space) F(H5Aread) F(H5Acreate2) F(H5Awrite) \
    F(H5Dget_type) F(H5Dget_space) F(H5Dget_create_plist) F(H5Dget_storage_size) F(H5Dread) F(H5Dcreate2) \
    F(H5Dwrite) F(H5Dclose) F(H5Dvlen_reclaim) \
    F(H5Screate) F(H5Screate_simple) F(H5Sclose) F(H5Sget_simple_extent_type) F(H5Sget_simple_extent_ndims) \
    F(H5Sget_simple_extent_dims) F(H5Sget_simple_extent_npoints) F(H5Sselect_hyperslab) \
    F(H5Tcopy) F(H5Tclose) F(H5Tget_class) F(H5Tget_size) F(H5Tset_size) F(H5Tis_variable_str) F(H5Tget_cset) \
    F(H5Tset_cset) F(H5Tget_strpad)

// What the headers' macros would look up in a linked library: H5T_NATIVE_FLOAT is `*H5T_NATIVE_FLOAT_g` here.
#define HDF5_IDENTIFIERS(F) \
    F(H5P_CLS_FILE_ACCESS_ID_g) F(H5P_CLS_DATASET_CREATE_ID_g) F(H5T_C_S1_g) \
    F(H5T_NATIVE_FLOAT_g) F(H5T_NATIVE_DOUBLE_g) F(H5T_NATIVE_INT64_g) F(H5T_IEEE_F32LE_g) F(H5T_IEEE_F64LE_g) \
    F(H5T_STD_I64LE_g)

struct hdf5_library {
#define POINTER(name) __typeof__(name) *name;
    HDF5_FUNCTIONS(POINTER)
#undef POINTER
#define POINTER(name) hid_t *name;
    HDF5_IDENTIFIERS(POINTER)
#undef POINTER
};

extern struct hdf5_library hornet_hdf5;

/// libhdf5 serves one thread at a time.
void hornet_hdf5_lock(void);
void hornet_hdf5_unlock(void);

#endif
