/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_EXPORT_PRIV_H
#define DOMAIN_EXPORT_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/io/sheet_out.h"

struct session;
struct txn;

/* The files being written for an export, and how far they are. */
struct exporting {
	struct session *s;
	const struct export_options *opt;
	const char *kind, *path;
	const char *note; /* for the log, behind the kind; "" */
	int64_t rows_max; /* of a file; 0: any number */
	int64_t bytes_max;
	struct sheet_opts opts;
	const enum sheet_col *cols;
	size_t ncols;
	/* The rows that each file begins with. */
	const char *const *const *headers;
	size_t nheaders;
	struct sheet_out **parts; /* all but the last are sealed */
	size_t nparts, named;
	int64_t rows, part_rows;
	struct export_result told;
};

#define EXPORT_FULL 1 /* a stream holds what one file may: no more rows */

int export_encoding(
    struct session *s, const char *name, enum sheet_encoding *out) MUST_CHECK;
/* Begin the first file; cols and headers are set and stay. */
int export_open(struct exporting *ex) MUST_CHECK;
/* A row that counts, in the next file when this one is full; tells of the
 * progress now and then. 0, EXPORT_FULL or a failure. */
int export_row(struct exporting *ex, const char *const *fields) MUST_CHECK;
/*
 * End: the operation records it, with @mark (may be NULL) inside, and the files
 * take their names; when anything fails there is none.
 */
int export_finish(struct exporting *ex,
    int (*mark)(struct exporting *ex, struct txn *txn, void *arg), void *arg)
    MUST_CHECK;
void export_close(struct exporting *ex);

/* A list of records. */
int export_list(struct exporting *ex, const struct rec_kind *kind) MUST_CHECK;
/* Shipments and labels. */
int export_layout(struct exporting *ex) MUST_CHECK;

/* A file as data/formats describes it. */
#define LAYOUT_HEADERS 2
#define LAYOUT_COLUMNS 32

enum layout_of {
	OF_PARCELS, /* what was shipped, */
	OF_LINES,   /* by the lines of its orders */
	OF_ORDERS,  /* what waits to be shipped */
};

struct out_layout {
	const char *kind, *name, *platform, *label;
	enum layout_of of;
	int64_t rows, bytes;
	const char *encoding;
	const char *hand; /* what stands for the courier where there is none;
			     NULL: such parcels have no row */
	const char *headers[LAYOUT_HEADERS][LAYOUT_COLUMNS];
	size_t nheaders;
	const char *columns[LAYOUT_COLUMNS];
	size_t ncolumns;
	bool contacts;     /* a column is a person's */
	const char *wrong; /* what is, in one of the user's; or NULL */
};

/* 1 when there is such a layout; its texts are in @arena. Fails when it is one
 * of the user's and is not right. */
int out_layout_find(struct session *s, const char *kind, const char *name,
    struct arena *arena, struct out_layout *out) MUST_CHECK;

/* What a column of a layout may be, and what it asks for. */
#define COLUMN_PERSON 0x1
#define COLUMN_ID     0x2
#define COLUMN_GOODS  0x4
#define COLUMN_NUMBER 0x8
struct out_column {
	const char *name;
	unsigned flags;
};
extern const struct out_column out_columns[];          /* ends with name NULL */
const struct out_column *out_column(const char *name); /* NULL: none */

#endif
