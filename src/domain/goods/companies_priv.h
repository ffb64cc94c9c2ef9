/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_COMPANIES_PRIV_H
#define DOMAIN_COMPANIES_PRIV_H

#include <stdint.h>

#include "shopmgr/domain/companies.h"

/* Companies and their prices, inside the operations of others. */

struct session;
struct txn;

/* Is it open, and of this kind? ERR_STATE, field "company", says what not. */
int company_usable(
    struct session *s, struct txn *txn, int64_t id, unsigned kind) MUST_CHECK;
/* The price of a variant at a supplier from now on: kept when it is another
 * one, and the item made if there is none. @purchase_id: the order it was
 * agreed in, or 0. */
int supplier_price_keep(struct session *s, struct txn *txn, int64_t variant_id,
    int64_t company_id, int64_t price, int64_t purchase_id) MUST_CHECK;
/* The same with all of the item; *@changed: it was another before. */
struct supplier_terms {
	int64_t variant_id, company_id;
	const char *code;
	int64_t price, min_qty, pack_qty;
	bool first;
};
int supplier_terms_set(struct session *s, struct txn *txn,
    const struct supplier_terms *t, bool *changed) MUST_CHECK;
/* What is typed of an item, judged and tidied in place, as its terms, which
 * have its texts. */
int supplier_item_terms(struct session *s, struct txn *txn,
    struct supplier_item_edit *e, struct supplier_terms *t) MUST_CHECK;
/* Fields that are typed: checked, trimmed in place. */
int company_check_edit(struct session *s, struct company_edit *e) MUST_CHECK;
/* A new one as @e says, which was checked. */
int company_insert(struct session *s, struct txn *txn,
    const struct company_edit *e, int64_t *id) MUST_CHECK;
/* What is said of one, whatever version it has. */
int company_update(struct session *s, struct txn *txn, int64_t id,
    const struct company_edit *e) MUST_CHECK;
/* Before and after of every field that differs. */
struct str;
void company_tell(struct str *words, const struct company_edit *was,
    const struct company_edit *is);
/* As it is, whoever asks. */
int company_edit_now(struct session *s, int64_t id, struct company_edit *e)
    MUST_CHECK;

#endif
