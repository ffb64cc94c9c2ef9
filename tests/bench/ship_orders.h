/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_BENCH_SHIP_ORDERS_H
#define SHOPMGR_TESTS_BENCH_SHIP_ORDERS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/domain/session.h"
#include "shopmgr/domain/shipping.h"

/* Orders to be shipped: a line "NO CODE CODE..." each, a code a piece. */

#define CODES 20

struct to_ship {
	char *no, *codes[CODES];
	int ncodes;
};
struct order_list {
	struct to_ship *v;
	size_t n;
};

static inline void
orders_read(const char *path, struct order_list *out)
{
	FILE *f = fopen(path, "r");
	char *line = NULL, *word, *save;
	size_t size = 0, cap = 0;

	*out = (struct order_list){ NULL, 0 };
	while (f != NULL && getline(&line, &size, f) > 0) {
		struct to_ship *o;

		if (out->n == cap) {
			cap = cap * 2 + 1024;
			out->v = realloc(out->v, cap * sizeof(*out->v));
		}
		o = &out->v[out->n++];
		*o = (struct to_ship){ .ncodes = 0 };
		o->no = strdup(strtok_r(line, " \n", &save));
		while (o->ncodes < CODES &&
		       (word = strtok_r(NULL, " \n", &save)) != NULL)
			o->codes[o->ncodes++] = strdup(word);
	}
	if (out->n == 0) {
		fprintf(stderr, "%s: no orders\n", path);
		exit(1);
	}
	free(line);
	fclose(f);
}

static inline struct session *
orders_session(const char *shop, const char *user, const char *password)
{
	struct session *s;
	struct err err;

	if (session_open(&s, shop, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	if (session_login(s, user, password) < 0) {
		fprintf(stderr, "%s: %s\n", shop, session_err(s)->text);
		exit(1);
	}
	return s;
}

/* One parcel, from the order's number to its waybill. */
static inline int
order_go(struct session *s, const struct to_ship *o, int64_t waybill)
{
	struct pack_close how = { .courier = "YTO" };
	struct packing *p = NULL;
	int i, rc;

	snprintf(how.waybill_no, sizeof(how.waybill_no), "YT%013lld",
	    8000000000000LL + (long long)waybill);
	rc = pack_open(s, o->no, &p);
	for (i = 0; rc >= 0 && i < o->ncodes; i++)
		rc = pack_scan(s, p, o->codes[i], NULL);
	if (rc >= 0)
		rc = pack_ship(s, p, &how, NULL);
	pack_free(p);
	return rc;
}

#endif
