// Reads the content of an HDF5 file, in a process of its own, and writes what a model may be made of, in this form
// (numbers in memory order, texts as a 32-bit length and bytes):
//
//     'G' name … 'E'                                a group with all that is in it, the root's name empty
//     'A' name 's' | 'i' | 'f' count value…         an attribute of the group: texts, int64, double
//     'D' name 'f' | 'i' stored shape value…        a data set as float or int64; `stored` is the bytes that it has in
//                                                   the file (64 bits), the shape a rank (8 bits) and sizes (64 bits)
//     'X' text                                      why the file is refused; the last record
//     'Z'                                           all has been said
//
// Types that are not named here are left out, and so are links to anything but what the file itself holds. Only
// this code and the libraries below run in the process: after a fork in a program with threads nothing else may.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "reader.h"

#include <stdlib.h>

#include "library.h"
#include "stream.h"

#define H5 hornet_hdf5

enum { DEEPEST = 32, LARGEST_RANK = 8, MOST_INTEGERS = 4096, SLAB = 4 << 20 };

// MARK: Attributes

static void put_strings(struct reader *r, const char *name, hid_t attribute, hid_t type, uint64_t count) {
    int is_variable = H5.H5Tis_variable_str(type) > 0;
    size_t size = is_variable ? sizeof(char *) : H5.H5Tget_size(type);
    // Each has a place in the file, whatever is there.
    if (size == 0 || count > r->file_size / size) refuse(r, "the attribute \"%s\" is larger than the file", name);
    char *values = calloc(count ? count : 1, size);
    hid_t memory_type = type;
    if (is_variable) {
        memory_type = H5.H5Tcopy(*H5.H5T_C_S1_g);
        H5.H5Tset_size(memory_type, H5T_VARIABLE);
        H5.H5Tset_cset(memory_type, H5.H5Tget_cset(type));
    }
    if (!values || (count && H5.H5Aread(attribute, memory_type, values) < 0)) {
        refuse(r, "the attribute \"%s\" can't be read", name);
    }
    int padding = H5.H5Tget_strpad(type);
    for (uint64_t i = 0; i < count; i++) {
        const char *text = is_variable ? ((char **)values)[i] : values + i * size;
        size_t length = !text ? 0 : is_variable ? strlen(text) : strnlen(text, size);
        if (!is_variable && padding == H5T_STR_SPACEPAD) {
            while (length > 0 && text[length - 1] == ' ') length--;
        }
        spend(r, &r->text_left, length + 4, name);
        put_text(r, text ? text : "", length);
    }
    // The process ends soon, but a file may have many attributes.
    if (is_variable) {
        hid_t space = H5.H5Aget_space(attribute);
        H5.H5Dvlen_reclaim(memory_type, space, H5P_DEFAULT, values);
        H5.H5Sclose(space);
        H5.H5Tclose(memory_type);
    }
    free(values);
}

static void put_numbers(
    struct reader *r, const char *name, hid_t attribute, hid_t type, hid_t memory_type, uint64_t count
) {
    // The values have their place in the file; in memory they may be wider.
    size_t size = H5.H5Tget_size(type);
    if (size == 0 || count > r->file_size / size) refuse(r, "the attribute \"%s\" is larger than the file", name);
    spend(r, &r->text_left, count * 8, name);
    char *values = calloc(count ? count : 1, 8 > size ? 8 : size);
    if (!values || (count && H5.H5Aread(attribute, memory_type, values) < 0)) {
        refuse(r, "the attribute \"%s\" can't be read", name);
    }
    put(r, values, count * 8);
    free(values);
}

static herr_t put_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context) {
    struct reader *r = context;
    (void)info;
    hid_t attribute = H5.H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = attribute < 0 ? -1 : H5.H5Aget_type(attribute);
    hid_t space = attribute < 0 ? -1 : H5.H5Aget_space(attribute);
    if (type < 0 || space < 0) refuse(r, "the attribute \"%s\" can't be read", name);
    H5T_class_t class = H5.H5Tget_class(type);
    char kind = class == H5T_STRING ? 's' : class == H5T_INTEGER ? 'i' : class == H5T_FLOAT ? 'f' : 0;
    hssize_t count = H5.H5Sget_simple_extent_type(space) == H5S_NULL ? 0 : H5.H5Sget_simple_extent_npoints(space);
    if (count < 0) refuse(r, "the attribute \"%s\" has no valid shape", name);
    if (kind) {
        spend(r, &r->text_left, strlen(name) + 16, name);
        put_byte(r, 'A');
        put_text(r, name, strlen(name));
        put_byte(r, kind);
        uint64_t number = (uint64_t)count;
        put(r, &number, sizeof number);
        if (kind == 's') put_strings(r, name, attribute, type, number);
        if (kind == 'i') put_numbers(r, name, attribute, type, *H5.H5T_NATIVE_INT64_g, number);
        if (kind == 'f') put_numbers(r, name, attribute, type, *H5.H5T_NATIVE_DOUBLE_g, number);
    }
    H5.H5Sclose(space);
    H5.H5Tclose(type);
    H5.H5Aclose(attribute);
    return 0;
}

// MARK: Data sets

/// Whether the data went through filters; refuses all but those that libhdf5 has built in for numbers.
static int check_filters(struct reader *r, const char *name, hid_t properties) {
    int count = H5.H5Pget_nfilters(properties);
    for (int i = 0; i < count; i++) {
        unsigned flags = 0, config = 0;
        size_t values = 0;
        H5Z_filter_t filter = H5.H5Pget_filter2(properties, (unsigned)i, &flags, &values, NULL, 0, NULL, &config);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32) {
            refuse(r, "the data set \"%s\" is packed by a filter that is not read (number %d)", name, (int)filter);
        }
    }
    return count > 0;
}

/// Reads rows of axis 0 that fit a few megabytes at a time, whole chunks where there are chunks.
static void put_values(
    struct reader *r, const char *name, hid_t data, hid_t space, hid_t memory_type, size_t size, int rank,
    const hsize_t *shape, hsize_t chunk_rows
) {
    if (rank == 0) {
        char value[64] = {0};
        if (H5.H5Dread(data, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) < 0) {
            refuse(r, "the data set \"%s\" can't be read", name);
        }
        put(r, value, size);
        return;
    }
    uint64_t row = size;
    for (int i = 1; i < rank; i++) row *= shape[i];
    if (row == 0 || shape[0] == 0) return;
    hsize_t rows = row < SLAB ? SLAB / row : 1;
    if (chunk_rows > 0 && chunk_rows <= shape[0]) rows = (rows + chunk_rows - 1) / chunk_rows * chunk_rows;
    if (rows > shape[0]) rows = shape[0];
    char *values = malloc(rows * row);
    if (!values) refuse(r, "there is no memory for the data set \"%s\"", name);
    for (hsize_t first = 0; first < shape[0]; first += rows) {
        hsize_t start[LARGEST_RANK] = {first}, count[LARGEST_RANK];
        memcpy(count, shape, sizeof *count * (size_t)rank);
        count[0] = shape[0] - first < rows ? shape[0] - first : rows;
        hid_t memory = H5.H5Screate_simple(rank, count, NULL);
        if (memory < 0 || H5.H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL) < 0
            || H5.H5Dread(data, memory_type, memory, space, H5P_DEFAULT, values) < 0) {
            refuse(r, "the data set \"%s\" can't be read", name);
        }
        put(r, values, count[0] * row);
        H5.H5Sclose(memory);
    }
    free(values);
}

static void put_data_set(struct reader *r, const char *name, hid_t data) {
    hid_t type = H5.H5Dget_type(data), space = H5.H5Dget_space(data), properties = H5.H5Dget_create_plist(data);
    if (type < 0 || space < 0 || properties < 0) refuse(r, "the data set \"%s\" can't be read", name);
    H5T_class_t class = H5.H5Tget_class(type);
    uint64_t size = H5.H5Tget_size(type);
    int rank = H5.H5Sget_simple_extent_ndims(space);
    hsize_t shape[LARGEST_RANK] = {0};
    if (rank < 0 || rank > LARGEST_RANK || H5.H5Sget_simple_extent_dims(space, shape, NULL) < 0) {
        refuse(r, "the data set \"%s\" has no shape that is read", name);
    }
    if ((class != H5T_FLOAT && class != H5T_INTEGER) || size == 0 || size > 16) goto end;
    if (H5.H5Sget_simple_extent_type(space) == H5S_NULL) goto end;

    uint64_t count = 1;
    for (int i = 0; i < rank; i++) {
        if (__builtin_mul_overflow(count, shape[i], &count)) refuse(r, "the data set \"%s\" has an absurd shape", name);
    }
    if (class == H5T_INTEGER && count > MOST_INTEGERS) goto end;
    H5D_layout_t layout = H5.H5Pget_layout(properties);
    if (layout == H5D_VIRTUAL || H5.H5Pget_external_count(properties) > 0) {
        refuse(r, "the data of \"%s\" lie in another file", name);
    }
    int is_filtered = check_filters(r, name, properties);
    hsize_t chunk[LARGEST_RANK] = {0};
    if (layout == H5D_CHUNKED && H5.H5Pget_chunk(properties, LARGEST_RANK, chunk) < 0) {
        refuse(r, "the data set \"%s\" has no valid chunks", name);
    }
    // What is not in the file would be made up, as large as the shape says; deflate packs 1032 bytes in one at best.
    uint64_t stored = H5.H5Dget_storage_size(data), needed;
    if (__builtin_mul_overflow(count, size, &needed)
        || (is_filtered ? needed / 1032 > stored : needed > stored)) {
        refuse(r, "the data set \"%s\" has the shape of %llu numbers, but only %llu bytes", name,
               (unsigned long long)count, (unsigned long long)stored);
    }
    spend(r, &r->storage_left, stored > needed ? needed : stored, name);

    put_byte(r, 'D');
    put_text(r, name, strlen(name));
    put_byte(r, class == H5T_FLOAT ? 'f' : 'i');
    put(r, &stored, sizeof stored);
    put_byte(r, (char)rank);
    put(r, shape, sizeof *shape * (size_t)rank);
    if (class == H5T_FLOAT) {
        put_values(r, name, data, space, *H5.H5T_NATIVE_FLOAT_g, sizeof(float), rank, shape, chunk[0]);
    } else {
        put_values(r, name, data, space, *H5.H5T_NATIVE_INT64_g, sizeof(int64_t), rank, shape, chunk[0]);
    }
end:
    H5.H5Pclose(properties);
    H5.H5Sclose(space);
    H5.H5Tclose(type);
}

// MARK: Groups

static void put_group(struct reader *r, const char *name, hid_t group);

static herr_t put_link(hid_t group, const char *name, const H5L_info_t *info, void *context) {
    struct reader *r = context;
    if (info->type != H5L_TYPE_HARD) return 0;
    spend(r, &r->objects_left, 1, name);
    spend(r, &r->text_left, strlen(name) + 16, name);
    hid_t object = H5.H5Oopen(group, name, H5P_DEFAULT);
    if (object < 0) refuse(r, "\"%s\" can't be read", name);
    switch (H5.H5Iget_type(object)) {
    case H5I_GROUP: put_group(r, name, object); break;
    case H5I_DATASET: put_data_set(r, name, object); break;
    default: break;
    }
    H5.H5Oclose(object);
    return 0;
}

static void put_group(struct reader *r, const char *name, hid_t group) {
    if (++r->depth > DEEPEST) refuse(r, "groups are nested deeper than %d", DEEPEST);
    put_byte(r, 'G');
    put_text(r, name, strlen(name));
    if (H5.H5Aiterate2(group, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, put_attribute, r) < 0
        || H5.H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, put_link, r) < 0) {
        refuse(r, "the group \"%s\" can't be read", name);
    }
    put_byte(r, 'E');
    r->depth--;
}

// MARK: The file

/// The content of the file, which libhdf5 shall use where it is instead of copying it twice.
static struct {
    void *bytes;
    size_t count;
} content;

static void *give_content(size_t size, H5FD_file_image_op_t operation, void *context) {
    (void)operation, (void)context;
    return size == content.count ? content.bytes : NULL;
}

static void *keep_content(void *to, const void *from, size_t size, H5FD_file_image_op_t operation, void *context) {
    (void)from, (void)size, (void)operation, (void)context;
    return to;
}

static void *refuse_content(void *bytes, size_t size, H5FD_file_image_op_t operation, void *context) {
    (void)bytes, (void)size, (void)operation, (void)context;
    return NULL;
}

static herr_t leave_content(void *bytes, H5FD_file_image_op_t operation, void *context) {
    (void)bytes, (void)operation, (void)context;
    return 0;
}

void hornet_hdf5_describe(int descriptor, void *bytes, size_t size) {
    struct reader *r = calloc(1, sizeof *r);
    if (!r) return;
    r->descriptor = descriptor;
    r->file_size = size;
    r->text_left = 4 * size + 4096;
    r->objects_left = 64 + size / 32;
    r->storage_left = size;
    content.bytes = bytes;
    content.count = size;
    if (H5.H5open() < 0) refuse(r, "libhdf5 does not start");
    H5.H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5.H5PLset_loading_state(0);
    H5FD_file_image_callbacks_t callbacks = {
        .image_malloc = give_content, .image_memcpy = keep_content, .image_realloc = refuse_content,
        .image_free = leave_content,
    };
    hid_t access = H5.H5Pcreate(*H5.H5P_CLS_FILE_ACCESS_ID_g);
    if (access < 0 || H5.H5Pset_fapl_core(access, 1 << 16, 0) < 0
        || H5.H5Pset_file_image_callbacks(access, &callbacks) < 0
        || H5.H5Pset_file_image(access, content.bytes, content.count) < 0) {
        refuse(r, "libhdf5 does not start");
    }
    hid_t file = H5.H5Fopen("hornet", 0x0000u /* read only */, access);
    if (file < 0) refuse(r, "no valid HDF5 file");
    hid_t root = H5.H5Gopen2(file, "/", H5P_DEFAULT);
    if (root < 0) refuse(r, "the root group can't be read");
    put_group(r, "", root);
    put_byte(r, 'Z');
    flush(r);
}
