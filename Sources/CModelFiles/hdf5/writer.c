#include "library.h"

#include <string.h>

#include "hornet_hdf5.h"

#define H5 hornet_hdf5

/// The file being written; whoever made it holds the lock.
static hid_t file = -1;

int64_t hornet_hdf5_create(size_t size) {
    hornet_hdf5_lock();
    if (H5.H5open() < 0) return -1;
    // Errors are returned, not printed.
    H5.H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    hid_t access = H5.H5Pcreate(*H5.H5P_CLS_FILE_ACCESS_ID_g);
    if (access < 0) return -1;
    // In memory alone: a disk that is full half-way leaves the library with a file that it can't close.
    if (H5.H5Pset_fapl_core(access, size + (1 << 16), 0) >= 0) {
        file = H5.H5Fcreate("hornet", 0x0002u /* truncate */, H5P_DEFAULT, access);
    }
    H5.H5Pclose(access);
    return file < 0 ? -1 : H5.H5Gopen2(file, "/", H5P_DEFAULT);
}

int hornet_hdf5_image(const void **bytes, size_t *count) {
    void *handle = NULL;
    if (H5.H5Fflush(file, H5F_SCOPE_GLOBAL) < 0) return -1;
    ssize_t size = H5.H5Fget_file_image(file, NULL, 0);
    if (size < 0 || H5.H5Fget_vfd_handle(file, H5P_DEFAULT, &handle) < 0) return -1;
    *bytes = *(void **)handle;
    *count = (size_t)size;
    return 0;
}

void hornet_hdf5_close(void) {
    if (file >= 0) H5.H5Fclose(file);
    file = -1;
    hornet_hdf5_unlock();
}

int64_t hornet_hdf5_begin_group(int64_t parent, const char *name) {
    return H5.H5Gcreate2(parent, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
}

void hornet_hdf5_end_group(int64_t group) { H5.H5Gclose(group); }

static int write_data_set(
    int64_t group, const char *name, const uint64_t *shape, int rank, hid_t file_type, hid_t memory_type,
    const void *data
) {
    hsize_t sizes[8];
    if (rank > 8) return -1;
    hsize_t count = 1;
    for (int i = 0; i < rank; i++) count *= sizes[i] = shape[i];
    hid_t space = rank == 0 ? H5.H5Screate(H5S_SCALAR) : H5.H5Screate_simple(rank, sizes, NULL);
    // The time of writing would make files of the same model differ.
    hid_t properties = H5.H5Pcreate(*H5.H5P_CLS_DATASET_CREATE_ID_g);
    int result = -1;
    if (space >= 0 && properties >= 0 && H5.H5Pset_obj_track_times(properties, 0) >= 0) {
        hid_t set = H5.H5Dcreate2(group, name, file_type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
        if (set >= 0) {
            if (count == 0 || H5.H5Dwrite(set, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0) result = 0;
            if (H5.H5Dclose(set) < 0) result = -1;
        }
    }
    if (properties >= 0) H5.H5Pclose(properties);
    if (space >= 0) H5.H5Sclose(space);
    return result;
}

int hornet_hdf5_write_floats(int64_t group, const char *name, const uint64_t *shape, int rank, const float *data) {
    return write_data_set(group, name, shape, rank, *H5.H5T_IEEE_F32LE_g, *H5.H5T_NATIVE_FLOAT_g, data);
}

int hornet_hdf5_write_integers(int64_t group, const char *name, const uint64_t *shape, int rank, const int64_t *data) {
    return write_data_set(group, name, shape, rank, *H5.H5T_STD_I64LE_g, *H5.H5T_NATIVE_INT64_g, data);
}

static int write_attribute(int64_t object, const char *name, hid_t type, hid_t space, const void *value) {
    int result = -1;
    if (type >= 0 && space >= 0) {
        hid_t attribute = H5.H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        if (attribute >= 0) {
            if (!value || H5.H5Awrite(attribute, type, value) >= 0) result = 0;
            if (H5.H5Aclose(attribute) < 0) result = -1;
        }
    }
    if (space >= 0) H5.H5Sclose(space);
    return result;
}

static hid_t text_type(void) {
    hid_t type = H5.H5Tcopy(*H5.H5T_C_S1_g);
    if (type < 0) return type;
    H5.H5Tset_size(type, H5T_VARIABLE);
    H5.H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

int hornet_hdf5_write_text(int64_t object, const char *name, const char *text) {
    hid_t type = text_type();
    int result = write_attribute(object, name, type, H5.H5Screate(H5S_SCALAR), &text);
    if (type >= 0) H5.H5Tclose(type);
    return result;
}

int hornet_hdf5_write_texts(int64_t object, const char *name, const char *const *texts, size_t count) {
    hid_t type = text_type();
    hsize_t shape = count;
    int result = write_attribute(object, name, type, H5.H5Screate_simple(1, &shape, NULL), texts);
    if (type >= 0) H5.H5Tclose(type);
    return result;
}

int hornet_hdf5_write_nothing(int64_t object, const char *name) {
    hsize_t shape = 0;
    return write_attribute(object, name, *H5.H5T_IEEE_F64LE_g, H5.H5Screate_simple(1, &shape, NULL), NULL);
}
