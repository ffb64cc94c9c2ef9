/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/payments.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* Payments, lines of statements and numbered papers, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}

#define ROW struct payment
static const struct rec_field payment_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order number"), REC_TEXT),
	F(method, N_("Method"), REC_WORD),
	F(amount, N_("Amount"), REC_MONEY),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    payment_state_name },
	F(at, N_("Time"), REC_TIME),
	F(due_at, N_("Due"), REC_TIME),
	F(ref, N_("Payment no."), REC_TEXT),
	F(undone, N_("Cancelled"), REC_BOOL),
	F(note, N_("Note"), REC_TEXT),
	F(staff, N_("Who"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static const char *const none[] = { NULL };

static int
read_payments(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	static const struct payment_filter any = { .order_id = 0 };

	(void)arg;
	return payment_page(s, &any, dir, from, limit, out);
}

static int
payments(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	const struct rec_sift sift = { &rec_payments, filters, n, none,
		read_payments, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
payment_get(struct session *s, int64_t id, struct page *out)
{
	const struct payment above = { .id = id + 1 };
	int rc = read_payments(s, NULL, PAGE_AFTER, &above, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_payments = {
	.name = "payments",
	.fields = payment_fields,
	.row_size = sizeof(struct payment),
	.page = payments,
	.get = payment_get,
};

#define ROW struct statement_line
static const struct rec_field line_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(at, N_("Time"), REC_TIME),
	F(source, N_("Source"), REC_WORD),
	F(ref, N_("Payment no."), REC_TEXT),
	F(kind, N_("Kind"), REC_TEXT),
	F(amount, N_("Amount"), REC_MONEY),
	F(said_no, N_("Order number in the statement"), REC_TEXT),
	F(text, N_("Text"), REC_TEXT),
	F(how, N_("Reconciled"), REC_WORD),
	F(order_no, N_("Order number"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	F(staff, N_("Who"), REC_TEXT),
	FIELD_END,
};
#undef ROW
static const struct rec_field line_filters[] = {
	{ "open", NULL, REC_BOOL, 0, NULL },
	FIELD_END,
};

static int
read_lines(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const bool *open = arg;

	return statement_page(s, *open, dir, from, limit, out);
}

static int
lines(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "open", NULL };
	bool open = false;
	const struct rec_sift sift = { &rec_statements, filters, n, done,
		read_lines, &open };
	int rc = rec_want_yes(s, filters, n, "open", &open);

	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_statements = {
	.name = "statements",
	.fields = line_fields,
	.row_size = sizeof(struct statement_line),
	.page = lines,
	.get = statement_get,
	.filters = line_filters,
};

#define ROW struct document
static const struct rec_field document_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(doc_no, N_("Number"), REC_TEXT),
	F(kind, N_("Kind"), REC_WORD),
	F(order_no, N_("Order number"), REC_TEXT),
	F(at, N_("Issued at"), REC_TIME),
	F(total, N_("Total"), REC_MONEY),
	F(title, N_("Made out to"), REC_TEXT),
	F(tax_no, N_("Tax number"), REC_TEXT),
	F(staff, N_("Who"), REC_TEXT),
	F(cancelled_at, N_("Cancelled at"), REC_TIME),
	F(cancelled_by, N_("Cancelled by"), REC_TEXT),
	F(reason, N_("Reason"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
read_documents(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct document_filter *filter = arg;

	return document_page(s, filter, dir, from, limit, out);
}

static int
documents(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "kind", NULL };
	const struct document_filter filter = { .kind = rec_want(
						    filters, n, "kind") };
	const struct rec_sift sift = { &rec_documents, filters, n, done,
		read_documents, &filter };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_documents = {
	.name = "documents",
	.fields = document_fields,
	.row_size = sizeof(struct document),
	.page = documents,
	.get = document_get,
};
