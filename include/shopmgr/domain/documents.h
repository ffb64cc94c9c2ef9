/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_DOCUMENTS_H
#define SHOPMGR_DOMAIN_DOCUMENTS_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Numbered papers of orders: delivery notices (送货单), DN-000123, and sales
 * invoices (销售单), SI-000123. What stands on one is kept as it was when it
 * was issued, whatever becomes of the order; a wrong one is cancelled with a
 * reason, never deleted, and its number is not used again.
 */

struct session;
struct print_job;
struct print_said;

/* "delivery", "invoice": as data, ends with NULL. */
extern const char *const document_kinds[];
const char *document_kind_text(const char *kind);

struct document {
	int64_t id;
	const char *kind, *doc_no;
	int64_t order_id;
	const char *order_no;
	int64_t at, total;
	const char *staff, *title, *tax_no;
	int64_t cancelled_at; /* 0: it is good */
	const char *cancelled_by, *reason;
};

struct document_edit {
	const char *kind;
	char
	    title[NAME_ROOM]; /* to whom an invoice is made out; "": a person */
	char tax_no[24];
};
/*
 * ERR_STATE unless the order is paid or shipped; ERR_CONFLICT when it has a
 * good one of that kind; ERR_INVALID with the field. Needs document.issue, as
 * all of this but the reading does.
 */
int document_issue(struct session *s, int64_t order_id,
    const struct document_edit *edit, int64_t *id) MUST_CHECK;
int document_cancel(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;
/* The newest first; needs order.view. order_id 0, kind NULL: any. */
struct document_filter {
	int64_t order_id;
	const char *kind;
};
int document_page(struct session *s, const struct document_filter *filter,
    enum page_dir dir, const struct document *from, size_t limit,
    struct page *out) MUST_CHECK;
/* A page of one. */
int document_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* "si-123" will do; ERR_NOTFOUND. */
int document_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;
/* A4, as it was issued; a cancelled one says so. The log says who printed it.
 */
int print_document(struct session *s, int64_t id, const struct print_job *job,
    struct print_said *said) MUST_CHECK;

#endif
