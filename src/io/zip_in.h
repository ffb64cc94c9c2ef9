/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_ZIP_IN_H
#define SHOPMGR_IO_ZIP_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "shopmgr/base/err.h"

/*
 * The parts of a zip archive, unpacked as they are read and never written
 * anywhere. What is made to hurt is refused: more than ten thousand parts,
 * parts that unpack to gigabytes, or to hundreds of times their size.
 */

struct zip;

/* @path is for words alone. The file stays the caller's; it is read at places
 * of the archive's choosing. */
int zip_open(struct zip **out, int fd, int64_t size, const char *path,
    struct err *err) MUST_CHECK;
/* Names are compared without case; "\" counts as "/". */
bool zip_has(const struct zip *z, const char *name);
/* From here on zip_read() reads this part, and no more than @most bytes.
 * ERR_NOTFOUND, without a word, when there is none. */
int zip_part(struct zip *z, const char *name, int64_t most, struct err *err)
    MUST_CHECK;
/* 0 at the end, or a failure. */
ssize_t zip_read(struct zip *z, void *buf, size_t n, struct err *err)
    MUST_CHECK;
int64_t zip_done(const struct zip *z); /* bytes of the part so far */
/* The same as a share of 1. */
double zip_progress(const struct zip *z);
/* "it is damaged": the file, where in it, what to do. */
int zip_damaged(const struct zip *z, const char *where, struct err *err);
void zip_close(struct zip *z);

#endif
