/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_EXPORT_H
#define SHOPMGR_DOMAIN_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/record.h"

/*
 * Giving lists to files: any record kind, and "shipments", the platforms'
 * batch-shipping layouts (formats §6.1; data/formats). Formulas are defused,
 * numbers that spreadsheets would damage are protected.
 */

struct session;

struct export_options {
	const char *encoding; /* "utf-8-bom" (NULL), "utf-8", "gb18030" */
	const char *platform; /* --for: "taobao", "pdd", ...; NULL: taobao */
	const struct rec_filter *filters;
	size_t nfilters;
	const int64_t *ids; /* of a list: only these records, in this order;
			       those that are gone are left out. NULL: all */
	size_t nids;
	bool protect_ids; /* a trailing TAB keeps long numbers whole in CSV */
	bool english;     /* headers by field name instead of label */
	bool all;         /* shipments: also those exported before */
	int (*progress)(void *arg, int64_t rows); /* non-zero cancels */
	void *arg;
};

/*
 * Write @kind to @path (".xlsx" or CSV by its name; "-" is stdout). The file
 * appears whole or not at all. *@rows gets how many. Shipments that were
 * written are marked as exported, in one operation; there are at most as many
 * as the platform takes in a file, oldest first, the others stay for the next.
 * Shipments filter by since, until and shop.
 */
int export_run(struct session *s, const char *kind, const char *path,
    const struct export_options *opt, int64_t *rows) MUST_CHECK;

#endif
