#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#if __has_include(<zip.h>)
#include <zip.h>
#else
#error "The headers of libzip are missing. Install them: apt-get install libzip-dev"
#endif

#include "hornet_zip.h"

#define ZIP_FUNCTIONS(F) \
    F(zip_error_init) F(zip_error_fini) F(zip_error_strerror) F(zip_error_set) F(zip_error_to_data) \
    F(zip_get_error) F(zip_source_buffer_create) F(zip_source_function_create) F(zip_source_buffer) F(zip_source_free) \
    F(zip_open_from_source) F(zip_discard) F(zip_close) F(zip_name_locate) F(zip_stat_index) F(zip_fopen_index) \
    F(zip_fread) F(zip_fclose) F(zip_file_add) F(zip_set_file_compression) F(zip_source_make_command_bitmap)

static struct {
#define POINTER(name) __typeof__(name) *name;
    ZIP_FUNCTIONS(POINTER)
#undef POINTER
} zip;

static int find_symbols(void *library) {
#define FIND(function) if (!(zip.function = (__typeof__(zip.function))dlsym(library, #function))) return 0;
    ZIP_FUNCTIONS(FIND)
#undef FIND
    return 1;
}

const char *hornet_zip_load(void) {
    static const char *const names[] = {
        "libzip.so.4", "libzip.so.5", "libzip.so", "libzip.dylib", "/opt/homebrew/lib/libzip.dylib",
        "/usr/local/lib/libzip.dylib",
    };
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static int is_loaded = 0;
    pthread_mutex_lock(&mutex);
    for (size_t i = 0; !is_loaded && i < sizeof names / sizeof *names; i++) {
        void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (!library) continue;
        is_loaded = find_symbols(library);
        if (!is_loaded) dlclose(library);
    }
    pthread_mutex_unlock(&mutex);
    return is_loaded ? NULL : "libzip is not there";
}

// MARK: Reading

static void keep_reason(char reason[128], zip_error_t *error) {
    snprintf(reason, 128, "%s", zip.zip_error_strerror(error));
}

void *hornet_zip_open(const void *bytes, size_t count, char reason[128]) {
    zip_error_t error;
    zip.zip_error_init(&error);
    zip_t *archive = NULL;
    zip_source_t *source = zip.zip_source_buffer_create(bytes, count, 0, &error);
    if (source) archive = zip.zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (!archive) {
        keep_reason(reason, &error);
        if (source) zip.zip_source_free(source);
    }
    zip.zip_error_fini(&error);
    return archive;
}

void hornet_zip_close(void *archive) { zip.zip_discard(archive); }

int64_t hornet_zip_find(void *archive, const char *name, uint64_t *size, uint64_t *packed_size) {
    zip_int64_t entry = zip.zip_name_locate(archive, name, ZIP_FL_ENC_RAW);
    zip_stat_t status;
    if (entry < 0 || zip.zip_stat_index(archive, (zip_uint64_t)entry, 0, &status) != 0) return -1;
    zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((status.valid & needed) != needed || status.encryption_method != ZIP_EM_NONE
        || (status.comp_method != ZIP_CM_STORE && status.comp_method != ZIP_CM_DEFLATE)) {
        return -2;
    }
    *size = status.size;
    *packed_size = status.comp_size;
    return entry;
}

void *hornet_zip_begin_entry(void *archive, int64_t entry) {
    return zip.zip_fopen_index(archive, (zip_uint64_t)entry, 0);
}

int64_t hornet_zip_read(void *entry, void *bytes, size_t count) { return zip.zip_fread(entry, bytes, count); }

void hornet_zip_end_entry(void *entry) { zip.zip_fclose(entry); }

// MARK: Writing

/// A file that libzip writes through `serve`: left to itself it would make a temporary file of its own and rename it.
struct output {
    int descriptor;
    zip_uint64_t position;
    zip_error_t error;
};

static zip_int64_t fail(struct output *output, int zip_code, int code) {
    zip.zip_error_set(&output->error, zip_code, code);
    return -1;
}

static zip_int64_t write_part(struct output *output, const char *bytes, zip_uint64_t count) {
    for (zip_uint64_t done = 0; done < count;) {
        ssize_t written = pwrite(output->descriptor, bytes + done, count - done, (off_t)(output->position + done));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return fail(output, ZIP_ER_WRITE, errno);
        done += (zip_uint64_t)written;
    }
    output->position += count;
    return (zip_int64_t)count;
}

static zip_int64_t seek(struct output *output, void *data, zip_uint64_t length) {
    if (length < sizeof(zip_source_args_seek_t)) return fail(output, ZIP_ER_INVAL, 0);
    const zip_source_args_seek_t *to = data;
    // libzip steps back within what it wrote, never beyond.
    if (to->whence == SEEK_SET) output->position = (zip_uint64_t)to->offset;
    else if (to->whence == SEEK_CUR) output->position += (zip_uint64_t)to->offset;
    else return fail(output, ZIP_ER_INVAL, 0);
    return 0;
}

static zip_int64_t serve(void *user, void *data, zip_uint64_t length, zip_source_cmd_t command) {
    struct output *output = user;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip.zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
            ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE,
            ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_REMOVE, -1);
    // There is nothing to read yet: the archive is new.
    case ZIP_SOURCE_STAT: return fail(output, ZIP_ER_READ, ENOENT);
    case ZIP_SOURCE_OPEN: return fail(output, ZIP_ER_OPEN, ENOENT);
    case ZIP_SOURCE_ERROR: return zip.zip_error_to_data(&output->error, data, length);
    case ZIP_SOURCE_BEGIN_WRITE: output->position = 0; return 0;
    case ZIP_SOURCE_WRITE: return write_part(output, data, length);
    case ZIP_SOURCE_TELL_WRITE: return (zip_int64_t)output->position;
    case ZIP_SOURCE_SEEK_WRITE: return seek(output, data, length);
    case ZIP_SOURCE_COMMIT_WRITE:
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE: return 0;
    default: return fail(output, ZIP_ER_OPNOTSUPP, 0);
    }
}

/// Adds an entry that is stored as it is.
static int add(zip_t *archive, const hornet_zip_entry *entry) {
    zip_source_t *source = zip.zip_source_buffer(archive, entry->bytes, entry->count, 0);
    if (!source) return -1;
    zip_int64_t index = zip.zip_file_add(archive, entry->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip.zip_source_free(source);
        return -1;
    }
    return zip.zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

int hornet_zip_write(const char *path, const hornet_zip_entry *entries, size_t count, char reason[128]) {
    struct output output = {.descriptor = open(path, O_WRONLY | O_CLOEXEC)};
    if (output.descriptor < 0) return errno;
    zip.zip_error_init(&output.error);
    zip_error_t error;
    zip.zip_error_init(&error);
    int result = -1;
    zip_t *archive = NULL;
    zip_source_t *source = zip.zip_source_function_create(serve, &output, &error);
    if (source) archive = zip.zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (!archive) {
        keep_reason(reason, &error);
        if (source) zip.zip_source_free(source);
    } else {
        int is_whole = 1;
        for (size_t i = 0; i < count && is_whole; i++) is_whole = add(archive, &entries[i]) == 0;
        if (is_whole && zip.zip_close(archive) == 0) {
            result = 0;
        } else {
            zip_error_t *failure = zip.zip_get_error(archive);
            // An error of the system says more than libzip does.
            if (failure->sys_err && failure->zip_err == ZIP_ER_WRITE) result = failure->sys_err;
            keep_reason(reason, failure);
            zip.zip_discard(archive);
        }
    }
    zip.zip_error_fini(&error);
    zip.zip_error_fini(&output.error);
    close(output.descriptor);
    return result;
}
