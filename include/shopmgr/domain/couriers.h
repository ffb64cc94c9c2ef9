/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_COURIERS_H
#define SHOPMGR_DOMAIN_COURIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Couriers (快递公司) as they are kept: what they are called, by whom they are
 * known, and what their waybills look like. The shape only warns, as couriers
 * give out new numbers before anybody is told. See shipping.h for looking one
 * up. One that is closed stays for history.
 */

struct session;

struct courier_card {
	int64_t id, version;
	const char *name, *code;
	const char *aliases; /* ";圆通;YTO;" */
	const char *shape;   /* POSIX ERE of its waybills, or "" */
	const char *phone;
	int64_t active;
	int64_t templates; /* freight templates that are in force */
};

struct courier_edit {
	char name[64], code[32];
	char aliases[400]; /* with blanks, ; or 、 between */
	char shape[2000];
	char sample[64]; /* a waybill that the shape must fit; not kept */
	char phone[32];
	bool active;
};

int courier_card_page(struct session *s, enum page_dir dir,
    const struct courier_card *from, size_t limit, struct page *out) MUST_CHECK;
/* A page of one; ERR_NOTFOUND. */
int courier_card(struct session *s, int64_t id, struct page *out) MUST_CHECK;
void courier_edit_from(struct courier_edit *e, const struct courier_card *c);
/* ERR_INVALID names the field: also a shape that is no expression, or that does
 * not fit the sample. ERR_CONFLICT: the name or an alias is another's. */
int courier_add(struct session *s, const struct courier_edit *e, int64_t *id)
    MUST_CHECK;
int courier_save(struct session *s, int64_t id, int64_t version,
    const struct courier_edit *e) MUST_CHECK;

#endif
