/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_UNDO_H
#define DOMAIN_IMPORT_UNDO_H

#include "import_priv.h"

/* Taking an import back: import_undo.c goes through what it made and changed,
 * import_undo_put.c does the single things, import_stand.c says what stands on
 * it. */

extern const struct op op_undo;

struct undo {
	struct job j;
	int64_t audit_from; /* entries of the log from here on may be work */
	int64_t at;         /* when it was imported */
	int64_t orders, back, kept;
	int64_t all;               /* what it made and changed */
	struct map lines_of;       /* listings and variants that lines have */
	bool looked;               /* for these */
	size_t size;               /* of the next step */
	const struct typed *typed; /* the list that is put back */
	/* Shops and couriers that nothing stood on when it was looked. */
	struct undo_bare {
		unsigned kind;
		int64_t id;
	} * bare;
	size_t nbare;
	int64_t version;
	int looks;
	bool due; /* they are to be looked at */
};

/* Inside a step's transaction. */
int put_back_order(struct undo *u, int64_t id) MUST_CHECK;
/* What is kept for an order, by its lines as they are again. */
int undo_goods(struct job *j, int64_t id) MUST_CHECK;
int put_back_variant(struct undo *u, int64_t id) MUST_CHECK;
int put_back_customer(struct undo *u, int64_t id) MUST_CHECK;
int put_back_company(struct undo *u, int64_t id) MUST_CHECK;
/* The next records of @kind that it changed: 1 when there were some. */
int undo_changed(struct undo *u, const char *kind,
    int (*one)(struct undo *u, int64_t id)) MUST_CHECK;
/* What a record was, newest first: what was first is right in the end. */
int undo_images(struct job *j, const char *kind, int64_t id, char ***out,
    size_t *n) MUST_CHECK;
int undo_used_up(struct job *j, const char *kind, int64_t id) MUST_CHECK;
/* Orders of the import with ids from @first to @last. */
int take_orders(struct undo *u, int64_t first, int64_t last) MUST_CHECK;
int take_slip(struct undo *u, int64_t id) MUST_CHECK;
int take_listing(struct undo *u, int64_t id) MUST_CHECK;
int take_variant(struct undo *u, int64_t id) MUST_CHECK;

/* import_undo_bare.c: outside a transaction, and inside the last one; *@again:
 * somebody has written meanwhile, so look again. */
int bare_look(struct undo *u) MUST_CHECK;
int bare_take(struct undo *u, bool *again) MUST_CHECK;

/* Work of people; what an import does is no such, as its later ones are found
 * by what they changed. */
#define WORK_OPS \
	" NOT IN ('import', 'import-undo', 'contact-reveal', 'listing-map'," \
	" 'order-courier-rule', 'order-gifts', 'order-route', 'review-stop'," \
	" 'order-hold-end', 'freight-import')"

#endif
