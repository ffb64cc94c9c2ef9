/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_KITS_PRIV_H
#define DOMAIN_KITS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/kits.h"

/* Kits, inside the operations of others. */

struct session;
struct txn;
struct str;
struct job;
struct imp_file;

/* How many can be made of what there is, and what one weighs; SQL, where v is
 * a variant that is a kit. */
#define KIT_AVAILABLE \
	"(SELECT min(CASE WHEN ks.available > 0 THEN ks.available / kp.qty" \
	" ELSE 0 END) FROM kit_part kp LEFT JOIN stock ks ON ks.variant_id = kp.part_id" \
	" AND ks.warehouse_id = 1 WHERE kp.kit_id = v.id)"
#define KIT_WEIGHT \
	"(SELECT CASE WHEN min(kv.weight) > 0 THEN sum(kp.qty * kv.weight)" \
	" ELSE 0 END FROM kit_part kp JOIN variant kv ON kv.id = kp.part_id" \
	" WHERE kp.kit_id = v.id)"

/* What it is made up of: KIT_PARTS_MAX at most; none, when it is no kit. */
int kit_pieces(struct session *s, int64_t kit_id, struct kit_piece *v,
    size_t *n) MUST_CHECK;
/* May it be made up of these? See kit_set(). */
int kit_check(struct session *s, int64_t kit_id, const struct kit_piece *v,
    size_t n) MUST_CHECK;
/* "2 x CUP, 1 x POT", or "single". */
int kit_words(struct session *s, const struct kit_piece *v, size_t n,
    struct str *out) MUST_CHECK;
/* What was checked is so from now on. */
int kit_write(struct session *s, struct txn *txn, int64_t kit_id,
    const struct kit_piece *v, size_t n) MUST_CHECK;

/* kits_import.c: a list of kits, and what one was before it: "ID:QTY,...". It
 * stays as it is when it cannot be that any more. */
int kits_file(struct job *j, struct imp_file *f) MUST_CHECK;
int kit_put_back(struct job *j, int64_t kit_id, char *parts) MUST_CHECK;

/*
 * An order's lines of kits and those of their parts, see order_line.kit. Of a
 * kit's line sent is how many of it stand in lines of their own, which is all
 * of them: so nothing of it is still to be sent. Where the shop has no kit it
 * costs nothing.
 *
 * Puts them right for an order that is to be shipped: after it is paid,
 * imported, mapped, refunded, before its stock is promised; of one that is not
 * paid after all the kits are whole again. What changes loses its promises
 * first, and its parts of a split order follow.
 */
int kits_again(struct session *s, struct txn *txn, int64_t order_id) MUST_CHECK;
/* A line is going to be of @variant_id (0: of nothing): what it was till now is
 * no kit any more, unless something of its parts is sent. Nothing may be
 * promised. */
int kits_fold(struct session *s, struct txn *txn, int64_t order_id,
    int64_t line_no, int64_t variant_id) MUST_CHECK;
/* A kit costs what its parts cost: after any of them got its cost. */
int kits_cost(struct session *s, struct txn *txn, int64_t order_id) MUST_CHECK;

#endif
