/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_CONTACT_H
#define SHOPMGR_DOMAIN_CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * People's names, phones and addresses are for those who need them. Whoever
 * lacks contact.view reads 张**, 138****5678 and 广东省 深圳市 南山区 ****
 * everywhere: lists, cards, finding, files, batch commands. The masking is done
 * where the rows are read, never on a screen. With contact.reveal one record's
 * can be read, one at a time, and the log says who did. A nick is the
 * platform's public name and stays, unless it is the person's phone or name; in
 * remarks and notes the mobile numbers are masked. One is found by what one
 * knows, such as a whole phone number, but filters see what their reader sees.
 * The rows that an import refuses are given back whole: who may import has the
 * file.
 */

struct session;

struct contact {
	const char *name, *phone;
	const char *province, *city, *district, *address;
	const char *nick;
};

/* May everything be read as it is? */
bool contact_open(const struct session *s);
/*
 * The contact of an order ("order", its id) or of a customer ("customer"): a
 * page of one row, struct contact. Needs contact.reveal, or contact.view, which
 * leaves no record.
 */
int contact_reveal(struct session *s, const char *kind, int64_t id,
    struct page *out) MUST_CHECK;

#endif
