/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "confirm_priv.h"

/* The facts of an order that are confirmed with the buyer, as they stand. */

static const int64_t order_bits[] = { CONFIRM_NAME, CONFIRM_PHONE,
	CONFIRM_ADDRESS, CONFIRM_SHIP_DATE, CONFIRM_DELIVERY };
#define ORDER_BITS (sizeof(order_bits) / sizeof(order_bits[0]))

static const char sql_order[] =
    "SELECT r.name, r.phone, r.province, r.city, r.district, r.address,"
    " o.promised_at, o.delivery, o.paid_at FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1";

static const char *
address(struct session *s, const struct db_rows *rows, struct arena *a)
{
	const char *part[4];
	size_t i;

	for (i = 0; i < 4; i++) {
		part[i] = row_text(rows, 2 + (int)i, a);
		if (!contact_open(s))
			part[i] =
			    i < 3 ? mask_place(part[i]) : mask_address(part[i]);
	}
	return arena_printf(a, "%s%s%s%s%s%s%s", part[0],
	    part[0][0] != '\0' ? " " : "", part[1],
	    part[1][0] != '\0' ? " " : "", part[2],
	    part[2][0] != '\0' ? " " : "", part[3]);
}

/* As the setting has it, where none was promised. */
static int
ship_day(struct session *s, const struct db_rows *rows, struct arena *a,
    const char **out)
{
	int64_t at = db_int(rows, 6), hours = 0, day;
	char text[TIME_SIZE];
	int rc = 0;

	*out = "";
	if (at == 0 && db_int(rows, 8) != 0) {
		rc = setting_int(s, SETTING_SHIP_HOURS, &hours);
		at = db_int(rows, 8) + hours * 3600;
	}
	if (rc < 0 || at == 0)
		return rc;
	day = time_day(at);
	*out = arena_printf(a, "%s %s", day_text(day, text), day_week(day));
	return 0;
}

static int
value_of(struct session *s, const struct db_rows *rows, struct confirm_fact *f,
    struct arena *a)
{
	const char *text;

	switch ((enum confirm_what)f->bit) {
	case CONFIRM_NAME:
		text = row_text(rows, 0, a);
		f->value = contact_open(s) ? text : mask_name(a, text);
		break;
	case CONFIRM_PHONE:
		text = row_text(rows, 1, a);
		f->value = contact_open(s) ? text : mask_phone(a, text);
		break;
	case CONFIRM_ADDRESS:
		f->value = address(s, rows, a);
		break;
	case CONFIRM_SHIP_DATE:
		return ship_day(s, rows, a, &f->value);
	case CONFIRM_DELIVERY:
		f->value = order_delivery_text(db_int(rows, 7));
		break;
	case CONFIRM_ATTRS:
	case CONFIRM_ALL:
		break;
	}
	return 0;
}

static int
order_facts(struct session *s, int64_t order_id, struct page *out)
{
	struct confirm_fact *f;
	struct db_rows *rows;
	size_t i;
	int rc, rc2 = 0;

	rc = db_query(s->db, sql_order, DB_ARGS(db_i(order_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		for (i = 0; rc2 == 0 && i < ORDER_BITS; i++) {
			f = page_add(out);
			*f = (struct confirm_fact){
				.id = order_bits[i],
				.bit = order_bits[i],
				.name = confirm_name(order_bits[i]),
				.title = confirm_text(order_bits[i]),
				.again = "",
				.attr = -1,
				.needed = 1,
			};
			rc2 = value_of(s, rows, f, &out->arena);
		}
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	return rc < 0 ? rc : rc2;
}

static void
attr_facts(const struct page *attrs, struct page *out)
{
	const struct line_attr *a;
	struct confirm_fact *f;
	size_t i;

	for (i = 0; i < attrs->n; i++) {
		a = page_row(attrs, i);
		f = page_add(out);
		*f = (struct confirm_fact){
			.id = a->id,
			.bit = CONFIRM_ATTRS,
			.name = arena_strdup(&out->arena, a->name),
			.title = arena_strdup(&out->arena, a->title),
			.value = arena_strdup(&out->arena, a->words),
			.again = arena_strdup(&out->arena,
			    a->state == ATTR_DIFFERS ? a->again_words : ""),
			.line_no = a->line_no,
			.attr = a->state,
			.needed = a->critical || a->state != ATTR_MISSING,
		};
	}
}

/* The last entry that speaks of each; entries are the newest first. */
static int
entries(struct session *s, int64_t order_id, struct page *facts)
{
	const struct confirmation *c;
	struct confirm_fact *f;
	struct page page;
	size_t i, k;
	int64_t needed, confirmed, bits;
	int rc;

	if ((rc = confirm_stands(s, order_id, &needed, &confirmed)) < 0 ||
	    (rc = confirmations(s, order_id, &page)) < 0)
		return rc;
	for (i = 0; i < facts->n; i++) {
		f = (struct confirm_fact *)facts->rows + i;
		/* What may be left away is confirmed only if it is there. */
		f->confirmed = f->needed && (confirmed & f->bit) != 0;
		f->needed = f->needed && (needed & f->bit) != 0;
		f->staff = f->channel = f->note = "";
		for (k = 0; k < page.n && f->at == 0; k++) {
			c = page_row(&page, k);
			bits = c->what > 0 ? c->what : -c->what;
			if (!(bits & f->bit))
				continue;
			f->at = c->at;
			f->staff = arena_strdup(&facts->arena, c->staff);
			f->channel = arena_strdup(&facts->arena, c->channel);
			f->note = arena_strdup(&facts->arena, c->note);
		}
	}
	page_free(&page);
	return 0;
}

int
confirm_facts(struct session *s, int64_t order_id, struct page *out)
{
	struct page attrs;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = line_attrs(s, order_id, &attrs)) < 0)
		return rc;
	page_init(out, sizeof(struct confirm_fact), ORDER_BITS + attrs.n);
	rc = order_facts(s, order_id, out);
	attr_facts(&attrs, out);
	page_free(&attrs);
	if (rc == 0)
		rc = entries(s, order_id, out);
	if (rc < 0)
		page_free(out);
	return rc;
}
