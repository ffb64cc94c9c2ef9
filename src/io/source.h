/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_SOURCE_H
#define SHOPMGR_IO_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charset.h"
#include "shopmgr/base/err.h"

/*
 * A file of text, seen through a window: text[0..len) is what has been decoded
 * and not been let go. The window never grows past SOURCE_KEEP kept bytes and
 * one block.
 */

#define SOURCE_KEEP  ((size_t)1 << 20)
#define SOURCE_BLOCK ((size_t)128 << 10)

struct source {
	int fd;
	char *path;
	int64_t size;
	unsigned char *raw; /* a block, and what the last one left over */
	size_t nraw;
	char *text;
	size_t len;
	struct decoder dec;
	int64_t bytes; /* read so far */
	uint64_t hash; /* of them */
	bool ended;
	bool zip;      /* no text, but a zip archive: nothing else is read */
	bool doubtful; /* the encoding is a bold guess */
	size_t mark;   /* bytes before the text */
};

/* Opens, and refuses what is no table of text: see sheet_open(). @encoding
 * may be NULL. */
int source_open(struct source *src, const char *path, const char *encoding,
    struct err *err) MUST_CHECK;
/* Let go of @drop bytes at the start (at most SOURCE_KEEP remain) and read on.
 * 1: there is more text; 0: the file has ended. */
int source_more(struct source *src, size_t drop, struct err *err) MUST_CHECK;
/* Back to the start; the window is empty. */
int source_rewind(struct source *src, struct err *err) MUST_CHECK;
/* The hash of all bytes, whatever was read. */
int source_hash(struct source *src, uint64_t *hash, struct err *err) MUST_CHECK;
void source_close(struct source *src);

#endif
