/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_EXPORT_PRIV_H
#define DOMAIN_EXPORT_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/domain/export.h"
#include "shopmgr/io/sheet_out.h"

struct session;
struct txn;

/* A file being written for an export, and how far it is. */
struct exporting {
	struct session *s;
	const struct export_options *opt;
	const char *kind, *path;
	struct sheet_out *out;
	int64_t rows;
};

int export_encoding(
    struct session *s, const char *name, enum sheet_encoding *out) MUST_CHECK;
/* Begin the file. */
int export_open(struct exporting *ex, const struct sheet_opts *opts,
    const enum sheet_col *cols, size_t ncols) MUST_CHECK;
/* A row that counts; tells of the progress now and then. */
int export_row(struct exporting *ex, const char *const *fields) MUST_CHECK;
/*
 * End it: the file takes its name, then the operation records it, with @mark
 * (may be NULL) inside; when that fails there is no file.
 */
int export_finish(struct exporting *ex,
    int (*mark)(struct exporting *ex, struct txn *txn, void *arg), void *arg)
    MUST_CHECK;

/* The platforms' batch-shipping files. */
int export_shipments(struct exporting *ex) MUST_CHECK;

#endif
