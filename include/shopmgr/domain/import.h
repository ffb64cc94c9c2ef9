/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_IMPORT_H
#define SHOPMGR_DOMAIN_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Taking in the platforms' files. A file is known by its header; rows are
 * checked one and all, the bad ones are refused with file, line and reason and
 * the others taken; doing it again changes nothing, and states only move
 * forward. One import is one step: it happens whole or not at all.
 */

struct session;
struct import;

struct import_reject {
	const char *file;   /* base name */
	int64_t line;       /* where the row begins; 1 is the first */
	const char *column; /* header of the field at fault, or "" */
	const char *reason; /* a translated sentence */
	const char *row;    /* as in the source, one CSV line without its end */
};

struct import_summary {
	int64_t rows; /* read, in all files */
	int64_t new_n, updated_n, unchanged_n, rejected_n;
	int64_t lines_new, customers_new, products_new;
	int64_t held;  /* orders this import put on hold */
	int64_t batch; /* 0 for a dry run */
	int64_t bytes;
};

struct import_progress {
	int64_t done, total; /* bytes */
	int64_t rows;
	const char *phase; /* translated: "reading", "indexes", ... */
};

struct import_options {
	const char *shop; /* when the file does not say; NULL: the default */
	bool dry_run;
	/* Called some times a second; non-zero cancels (ERR_CANCELLED). */
	int (*progress)(void *arg, const struct import_progress *p);
	void *arg;
};

/*
 * @kind: "orders", "products", "customers", "stock". @files of one import
 * together, in any order. Fails as a whole (0 rows taken) when a file cannot be
 * read or is not recognised: the sentence says which and what to do. Refused
 * rows are no failure: see the summary. *@out holds summary and rejects, also
 * after a dry run; import_free() it.
 */
int import_run(struct session *s, const char *kind, const char *const *files,
    size_t nfiles, const struct import_options *opt, struct import **out)
    MUST_CHECK;
const struct import_summary *import_summary(const struct import *im);
const struct import_reject *import_rejects(const struct import *im, size_t *n);
/* "Taobao/Tmall orders (2021, 71 columns), GB18030": what @file was taken for.
 */
const char *import_file_text(const struct import *im, size_t file);
const char *import_warning(const struct import *im, size_t i); /* NULL: end */
/* The refused rows as in the source with a last column saying why. */
int import_rejects_write(
    struct session *s, const struct import *im, const char *path) MUST_CHECK;
void import_free(struct import *im);

/* What was imported before, newest first. */
struct import_batch {
	int64_t id;
	const char *kind, *files, *staff;
	int64_t at, new_n, updated_n, unchanged_n, rejected_n, line_n, held_n;
};
int import_batch_list(struct session *s, bool oldest_first, enum page_dir dir,
    const struct import_batch *from, size_t limit, struct page *out) MUST_CHECK;
int import_batch_page(struct session *s, enum page_dir dir,
    const struct import_batch *from, size_t limit, struct page *out) MUST_CHECK;

#endif
