/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_KEPT_H
#define DOMAIN_IMPORT_KEPT_H

#include "import_model.h"

/* Files that are no orders: our own lists, and rows that are kept whole. */

/* import_staged*.c: files that are kept whole, or go where such belong. */
bool staged_kind(struct job *j, const char *kind);
/* What @f is, whatever is done with its rows (import.c). */
int file_find(struct job *j, struct imp_file *f) MUST_CHECK;
/* All of its rows were read. */
void file_ended(struct job *j, struct imp_file *f);
const char *file_kind(const struct imp_file *f);
/* Is @f one of them? If not it is at its beginning again. @weak, when nobody
 * said what it is: layouts that others may be mistaken for. */
int staged_find(struct job *j, struct imp_file *f, bool weak, bool *found)
    MUST_CHECK;
int staged_unknown(struct job *j, const struct imp_file *f);
int staged_file(struct job *j, struct imp_file *f) MUST_CHECK;
/* What is kept of the order's refunds; @open: one that was not taken back. */
int refunds_of(struct job *j, const char *order_no, bool *any, bool *open)
    MUST_CHECK;
/* Takes back @most rows that the import @batch kept: 1, or 0 when there are
 * none left. */
int staged_undo(struct session *s, struct txn *txn, int64_t batch, size_t most)
    MUST_CHECK;
/* A later import that took the place of rows of it, or 0. */
int staged_replaced(struct session *s, int64_t batch, int64_t *by) MUST_CHECK;

/* import_lists.c */
int products_file(struct job *j, struct imp_file *f) MUST_CHECK;
int stock_file(struct job *j, struct imp_file *f) MUST_CHECK;
int listings_file(struct job *j, struct imp_file *f) MUST_CHECK;
int customers_file(struct job *j, struct imp_file *f) MUST_CHECK;
/* Notes of what is filled in of a variant that was there. */
int variant_note_fill(struct job *j, int64_t id, int64_t price, int64_t weight)
    MUST_CHECK;
int variant_note_barcode(struct job *j, int64_t id, struct slice code)
    MUST_CHECK;
/* A customer as some file tells of him. @identity: "taobao:nick", "tel:139..."
 */
struct contact_says {
	const char *identity;
	struct slice nick, name, phone, note;
};
int customer_take(struct job *j, const struct contact_says *says) MUST_CHECK;

#endif
