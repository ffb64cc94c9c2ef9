/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_EXPORT_H
#define SHOPMGR_DOMAIN_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/record.h"

/*
 * Giving lists to files: any record kind; "shipments", the platforms' files of
 * shipping confirmations; and "labels", address lists and logs for couriers
 * (formats §6.1; their layouts are data/formats/shipments.tsv and labels.tsv).
 * Formulas are defused, numbers that spreadsheets would damage are protected.
 *
 * Who may not see contacts has them masked in files as everywhere; layouts that
 * consist of them are refused to such people, and the log says when one was
 * written.
 */

struct session;

#define EXPORT_PATH  4096
#define EXPORT_NAMES 320

/* What came of it. */
struct export_result {
	int64_t rows;
	int files;               /* more than one: NAME-1.csv, NAME-2.csv ... */
	char first[EXPORT_PATH]; /* the files' names, */
	char last[EXPORT_PATH];  /* of which these two are told */
	int64_t left_out;        /* orders without an address to write, */
	char left_names[EXPORT_NAMES]; /* the first of them */
	int64_t by_hand; /* parcels that no courier took and whose platform's
			    file has no word for that: told by hand, */
	char hand_names[EXPORT_NAMES]; /* these */
	int64_t lost; /* characters that the encoding does not have */
};

/* Rows of the record kind, or such that begin with one, in their order. */
typedef int export_read(void *arg, enum page_dir dir, const void *from,
    size_t limit, struct page *out);

struct export_options {
	const char *encoding; /* "utf-8-bom" (NULL), "utf-8", "gb18030" */
	const char *platform; /* --for: a layout's name; NULL: taobao, or for
				 labels qianniu */
	const struct rec_filter *filters;
	size_t nfilters;
	const int64_t *ids; /* of a list: only these records, in this order;
			       those that are gone are left out; of labels:
			       these orders. NULL: all */
	size_t nids;
	const char *const *columns; /* fields by their names, in this order;
				       NULL: all */
	size_t ncolumns;
	export_read *read; /* of a list: these rows instead of the kind's; for
			      screens, whose list is the file */
	void *read_arg;
	bool protect_ids; /* a trailing TAB keeps long numbers whole in CSV */
	bool protect_equals; /* ="..." does */
	bool english;        /* headers by field name instead of label */
	bool all;            /* shipments: also those exported before */
	bool keep_files;     /* refused rather than replace a file */
	struct export_result *result;             /* may be NULL */
	int (*progress)(void *arg, int64_t rows); /* non-zero cancels */
	void *arg;
};

/*
 * Write @kind to @path (".xlsx" or CSV by its name; "-" is stdout). *@rows gets
 * how many; may be NULL. What is more than a platform takes in one file goes
 * into NAME-1.csv, NAME-2.csv ...; all of the files appear or none. Shipments
 * that were written are marked as exported, in one operation. To stdout and
 * pipes goes what one file may hold, oldest first; the rest stays for the next.
 * Shipments filter by since, until, shop and platform; labels by those, and the
 * orders of a layout also by tab (to_ship, unless ids or a tab are given).
 */
int export_run(struct session *s, const char *kind, const char *path,
    const struct export_options *opt, int64_t *rows) MUST_CHECK;

/* A layout of shipments or labels that --for names. */
struct export_layout {
	int64_t id;
	const char *name;     /* "taobao" */
	const char *kind;     /* "shipments", "labels" */
	const char *platform; /* whose parcels; "": everybody's */
	const char *label;    /* translated, for people */
	bool contacts;        /* only for who may see them */
};
/* Those of @kind, NULL: of both. */
int export_layouts(struct session *s, const char *kind, struct page *out)
    MUST_CHECK;
/* Those of shipments that a shop on @platform may want; the one by the name of
 * the platform, or what stands in for it, is always there. */
int export_layouts_for(
    struct session *s, const char *platform, struct page *out) MUST_CHECK;

#endif
