/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_ROWS_H
#define SHOPMGR_IO_ROWS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/err.h"

/*
 * Rows on their way from the thread that parses to the one that asked for
 * them: a ring of batches, each filled by the one and emptied by the other.
 */

#define RING       4
#define BATCH_TEXT ((size_t)256 << 10)

struct batch_row {
	size_t first, n; /* fields */
	int64_t line, bytes;
	const char *bad;
};

struct batch {
	char *text; /* of the fields, each terminated */
	size_t used, cap;
	char **fields;
	size_t *lens;
	size_t nfields, cap_fields;
	struct batch_row *rows;
	size_t nrows, cap_rows;
	struct arena words; /* of the bad rows */
	uint64_t hash;
	int rc; /* 1: another batch follows; 0: the end; else why not */
	struct err err;
};

struct ring {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct batch batch[RING];
	size_t put, got; /* ever */
	bool stop;
};

void ring_init(struct ring *r);
void ring_done(struct ring *r);
void ring_reset(struct ring *r);
void ring_stop(struct ring *r);
/* The filler's: an empty batch, or NULL when nobody wants more; hand it over.
 */
struct batch *ring_fresh(struct ring *r);
void ring_put(struct ring *r);
/* The reader's: the next full batch; give it back. */
struct batch *ring_take(struct ring *r);
void ring_give(struct ring *r);

void batch_reserve(struct batch *b, size_t text);
void batch_reserve_field(struct batch *b);
struct batch_row *batch_add_row(struct batch *b);

/* A row of more is refused. */
#define MAX_COLUMNS 1000

/* Parse all of @src into @ring: what the thread runs. */
struct source;
void rows_run(struct source *src, char delim, struct ring *ring);
/* The delimiter by the first rows; @s is the beginning of a text. */
char rows_delim(const char *s, size_t n);
unsigned char rows_eol(const char *s, size_t n); /* '\n', or CR */

#endif
