/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/production.h"

#include "../core/session_priv.h"
#include "record_priv.h"

/* What is made to order, what has to be known of it, what was wrong, and the
 * hand-over. */

#define F(name, label, type) \
	{ \
#name, label, type, offsetof(ROW, name), NULL \
	}

#define ROW struct production
static const struct rec_field production_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(production_no, N_("Production order"), REC_TEXT),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    production_state_name },
	F(order_no, N_("Order no."), REC_TEXT),
	F(line_no, N_("Line"), REC_INT),
	F(sku_code, N_("Product code"), REC_TEXT),
	F(item, N_("Item"), REC_TEXT),
	F(qty, N_("Qty"), REC_INT),
	F(content, N_("Content"), REC_TEXT),
	F(maker, N_("Maker"), REC_TEXT),
	F(due_at, N_("Due by"), REC_TIME),
	F(late, N_("Late"), REC_BOOL),
	F(agent, N_("Agent"), REC_TEXT),
	F(placed_at, N_("Placed at"), REC_TIME),
	F(made_at, N_("Made at"), REC_TIME),
	F(ended_at, N_("Ended at"), REC_TIME),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
production_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const enum production_state *state = arg;

	return production_page(s, *state, dir, from, limit, out);
}

static int
production_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "state", NULL };
	const char *want = rec_want(filters, nfilters, "state");
	enum production_state state = PRODUCTION_NEW;
	const struct rec_sift sift = { &rec_production, filters, nfilters, done,
		production_read, &state };

	while (
	    state < PRODUCTION_ALL &&
	    (want == NULL || strcmp(production_state_name(state), want) != 0))
		state++;
	if (want != NULL && state == PRODUCTION_ALL)
		return err_set(&s->err, ERR_INVALID, "state",
		    _("A state is new, placed, made, received or cancelled"));
	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_production = {
	.name = "production",
	.fields = production_fields,
	.row_size = sizeof(struct production),
	.page = production_rec_page,
	.get = production_get,
};

#define ROW struct attr_def
static const struct rec_field attr_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(name, N_("Attribute"), REC_TEXT),
	F(title, N_("Title"), REC_TEXT),
	F(product, N_("Product"), REC_TEXT),
	F(type, N_("Type"), REC_WORD),
	F(unit, N_("Unit"), REC_TEXT),
	F(choices, N_("Choices"), REC_TEXT),
	F(least, N_("From"), REC_INT),
	F(most, N_("At most"), REC_INT),
	F(critical, N_("Typed twice"), REC_BOOL),
	F(seq, N_("Sequence"), REC_INT),
	F(active, N_("In use"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static int
attr_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return attr_def_page(s, dir, from, limit, out);
}

static int
attr_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { NULL };
	const struct rec_sift sift = { &rec_attrs, filters, nfilters, done,
		attr_read, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_attrs = {
	.name = "attrs",
	.fields = attr_fields,
	.row_size = sizeof(struct attr_def),
	.page = attr_rec_page,
	.get = attr_def_get,
};

#define ROW struct correction
static const struct rec_field correction_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(at, N_("Time"), REC_TIME),
	F(order_no, N_("Order no."), REC_TEXT),
	F(line_no, N_("Line"), REC_INT),
	F(title, N_("Attribute"), REC_TEXT),
	F(before, N_("Before"), REC_TEXT),
	F(after, N_("After"), REC_TEXT),
	F(typed_by, N_("Typed by"), REC_TEXT),
	F(staff, N_("Corrected by"), REC_TEXT),
	F(placed, N_("Placed already"), REC_BOOL),
	F(loss, N_("Loss"), REC_MONEY),
	F(reason, N_("Reason"), REC_TEXT),
	F(name, N_("Attribute code"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static const struct rec_field since_until[] = {
	{ "since", NULL, REC_TIME, 0, NULL },
	{ "until", NULL, REC_TIME, 0, NULL },
	FIELD_END,
};

static int
correction_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return correction_page(s, arg, dir, from, limit, out);
}

static int
correction_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "since", "until", NULL };
	struct correction_filter f = { .order_id = 0 };
	const struct rec_sift sift = { &rec_corrections, filters, nfilters,
		done, correction_read, &f };
	int rc;

	if ((rc = rec_want_time(s, filters, nfilters, "since", &f.since)) < 0 ||
	    (rc = rec_want_time(s, filters, nfilters, "until", &f.until)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

static int
correction_rec_get(struct session *s, int64_t id, struct page *out)
{
	const struct correction_filter all = { .order_id = 0 };
	const struct correction above = { .id = id + 1 };
	int rc = correction_page(s, &all, PAGE_AFTER, &above, 1, out);

	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_corrections = {
	.name = "corrections",
	.fields = correction_fields,
	.row_size = sizeof(struct correction),
	.page = correction_rec_page,
	.get = correction_rec_get,
	.filters = since_until,
};

#define ROW struct handover_row
static const struct rec_field handover_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(order_no, N_("Order no."), REC_TEXT),
	F(created_at, N_("Ordered"), REC_TIME),
	{ "state", N_("State"), REC_CODE, offsetof(ROW, state),
	    order_state_name },
	F(agent, N_("Agent"), REC_TEXT),
	F(nick, N_("Nick"), REC_TEXT),
	F(goods, N_("Items"), REC_TEXT),
	F(spec, N_("Made to order as"), REC_TEXT),
	F(promised_at, N_("Promised"), REC_TIME),
	F(delivery, N_("Delivery"), REC_TEXT),
	F(memo, N_("Remark"), REC_TEXT),
	F(missing, N_("Missing"), REC_TEXT),
	F(due_at, N_("Due by"), REC_TIME),
	F(handed_at, N_("Handed over"), REC_TIME),
	F(handed_by, N_("Handed over by"), REC_TEXT),
	F(late, N_("Late"), REC_BOOL),
	FIELD_END,
};
#undef ROW

static const struct rec_field handover_filters[] = {
	{ "agent_login", NULL, REC_TEXT, 0, NULL },
	{ "day", NULL, REC_TIME, 0, NULL },
	FIELD_END,
};

struct which {
	int64_t agent, day;
};

static int
handover_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	const struct which *w = arg;

	return handover_page(s, w->agent, w->day, dir, from, limit, out);
}

static const char sql_login[] = "SELECT id FROM staff WHERE login = $1";

static int
handover_rec_page(struct session *s, const struct rec_filter *filters,
    size_t nfilters, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	static const char *const done[] = { "agent_login", "day", NULL };
	const char *login = rec_want(filters, nfilters, "agent_login");
	struct which w = { 0 };
	const struct rec_sift sift = { &rec_handover, filters, nfilters, done,
		handover_read, &w };
	int64_t at;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = rec_want_time(s, filters, nfilters, "day", &at)) < 0)
		return rc;
	w.day = time_day(at != 0 ? at : time_now());
	if (login != NULL)
		rc = db_get1(s->db, sql_login, DB_ARGS(db_t(login)), &w.agent);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "agent_login",
		    _("Nobody who works here has the log-in %s"), login);
	return rc < 0 ? rc : rec_sift(s, &sift, dir, from, limit, out);
}

static const char sql_sale[] =
    "SELECT agent_id, created_at FROM orders WHERE id = $1"
    " AND agent_id IS NOT NULL";

static int
handover_rec_get(struct session *s, int64_t id, struct page *out)
{
	struct handover_row before = { .id = id - 1 };
	struct db_rows *rows;
	int64_t agent = 0;
	int rc = db_query(s->db, sql_sale, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		agent = db_int(rows, 0);
		before.created_at = db_int(rows, 1);
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (agent == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such record"));
	rc = handover_page(
	    s, agent, time_day(before.created_at), PAGE_AFTER, &before, 1, out);
	return rc < 0 ? rc : rec_only(s, id, out);
}

const struct rec_kind rec_handover = {
	.name = "handover",
	.fields = handover_fields,
	.row_size = sizeof(struct handover_row),
	.page = handover_rec_page,
	.get = handover_rec_get,
	.filters = handover_filters,
};
