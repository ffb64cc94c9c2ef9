/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_PROPOSE_H
#define SHOPMGR_DOMAIN_PROPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * Which product is this item of a platform? Proposals with their grounds, from
 * what is known of the products and of the items that were mapped before. All
 * of that is read once and held; what comes later is not known to it.
 */

struct listing;
struct proposer;
struct session;

enum proposal_ground {
	PROPOSAL_CODE = 1, /* its code is the product's, or a barcode of it */
	PROPOSAL_EARLIER,  /* the same item was mapped so */
	PROPOSAL_ALIKE,    /* the codes but for case, blanks and hyphens */
	PROPOSAL_ITEM,     /* others of this item were mapped to the product */
	PROPOSAL_ATTRS,    /* name and specification */
	PROPOSAL_NAME,
};

struct proposal {
	int64_t variant_id;
	const char *sku_code, *name; /* the proposer's */
	enum proposal_ground ground;
	int64_t sure; /* percent */
};
#define PROPOSALS_MAX 5

int proposer_new(struct session *s, struct proposer **out) MUST_CHECK;
/* Are the products still those that it knows? */
bool proposer_fits(struct session *s, const struct proposer *p);
void proposer_free(struct proposer *p); /* NULL is fine */
/* The best first; how many. */
size_t listing_propose(struct proposer *p, const struct listing *l,
    struct proposal out[PROPOSALS_MAX]);
const char *proposal_text(enum proposal_ground ground); /* "same code" */

#endif
