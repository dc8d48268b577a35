// ZIP archives, by the system's libzip, which is loaded when it is first asked for.
#ifndef HORNET_ZIP_H
#define HORNET_ZIP_H

#include <stddef.h>
#include <stdint.h>

/// Loads libzip. Returns NULL, or why it can't be used.
const char *hornet_zip_load(void);

/// Opens the archive in `bytes [count]`, which stay until it is closed, and checks that its headers agree with each
/// other. NULL when they don't; `reason` then says why.
void *hornet_zip_open(const void *bytes, size_t count, char reason[128]);
void hornet_zip_close(void *archive);

/// Finds an entry. Returns its number, -1 when there is none, -2 when it is encrypted or packed in a way that is not
/// read (only stored and deflated ones are). Both sizes are what the archive claims.
int64_t hornet_zip_find(void *archive, const char *name, uint64_t *size, uint64_t *packed_size);
/// Begins to read an entry. NULL when that fails.
void *hornet_zip_begin_entry(void *archive, int64_t entry);
/// Reads up to `count` bytes; 0 at the end, -1 when the data are damaged.
int64_t hornet_zip_read(void *entry, void *bytes, size_t count);
void hornet_zip_end_entry(void *entry);

typedef struct {
    const char *name;
    const void *bytes;
    size_t count;
} hornet_zip_entry;

/// Writes an archive of these entries, as they are, to the file at `path`, which exists. Returns 0, an errno, or -1 with
/// a `reason`.
int hornet_zip_write(const char *path, const hornet_zip_entry *entries, size_t count, char reason[128]);

#endif
