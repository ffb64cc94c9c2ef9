/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_XLSX_TEXT_H
#define SHOPMGR_IO_XLSX_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * The texts that a workbook's cells share, told by number: in memory while they
 * are few, else in a temporary file with some of it in memory.
 */

#define TEXTS_MAX       ((size_t)32 << 20) /* how many */
#define TEXTS_BYTES_MAX ((int64_t)1 << 30)

struct texts;
struct str;

struct texts *texts_new(void);
void texts_free(struct texts *t);
/* ERR_INVALID, without a word: too many; ERR_IO: the temporary file. */
int texts_add(struct texts *t, const char *s, size_t n, struct err *err)
    MUST_CHECK;
size_t texts_count(const struct texts *t);
/* Append text @i to @out. */
int texts_get(struct texts *t, size_t i, struct str *out, struct err *err)
    MUST_CHECK;

#endif
