// What the process that reads a file writes to the one that asked, and how much of it.
#ifndef HORNET_HDF5_STREAM_H
#define HORNET_HDF5_STREAM_H

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct reader {
    int descriptor;
    uint64_t file_size;
    /// What may still be sent: bytes of names and attributes, groups and data sets, bytes that data sets have in the file.
    uint64_t text_left, objects_left, storage_left;
    int depth;
    size_t used;
    char buffer[1 << 16];
};

static inline void send_all(struct reader *r, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(r->descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) _exit(3);
        bytes += written;
        count -= (size_t)written;
    }
}

static inline void flush(struct reader *r) {
    send_all(r, r->buffer, r->used);
    r->used = 0;
}

static inline void put(struct reader *r, const void *bytes, size_t count) {
    if (count > sizeof r->buffer - r->used) flush(r);
    if (count > sizeof r->buffer) {
        send_all(r, bytes, count);
    } else {
        memcpy(r->buffer + r->used, bytes, count);
        r->used += count;
    }
}

static inline void put_byte(struct reader *r, char byte) { put(r, &byte, 1); }

static inline void put_text(struct reader *r, const char *bytes, size_t count) {
    uint32_t length = (uint32_t)count;
    put(r, &length, sizeof length);
    put(r, bytes, count);
}

/// Says why the file is refused, and ends the process.
__attribute__((noreturn, format(printf, 2, 3))) static inline void refuse(struct reader *r, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put_byte(r, 'X');
    put_text(r, text, strlen(text));
    flush(r);
    _exit(0);
}

static inline void spend(struct reader *r, uint64_t *left, uint64_t count, const char *name) {
    if (count > *left) refuse(r, "\"%s\" has more in it than a file of %llu bytes can hold", name,
                              (unsigned long long)r->file_size);
    *left -= count;
}

#endif
