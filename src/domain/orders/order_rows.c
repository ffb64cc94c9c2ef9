/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/domain/settings.h"

#include "../core/refs_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "order_priv.h"
#include "order_rows.h"

#define HOUR 3600

/* "雪平锅 20cm +2": the first line's title and how many lines follow. */
static const char *
goods(const struct db_rows *rows, int file_title, int title, int count,
    struct arena *arena)
{
	int64_t n = db_int(rows, count);

	if (n == 0)
		return row_text(rows, file_title, arena);
	if (n == 1 || arena == NULL)
		return row_text(rows, title, arena);
	return arena_printf(
	    arena, "%s +%d", db_text(rows, title), (int)(n - 1));
}

/* "taobao:nick" of an order on another platform; Tmall's buyers are Taobao's.
 */
static const char *
nick_platform(const char *identity, const char *platform)
{
	size_t n, i;

	if (identity == NULL)
		return "";
	n = strcspn(identity, ":");
	if (strcmp(platform, "tmall") == 0)
		platform = "taobao";
	if (strlen(platform) == n && strncmp(platform, identity, n) == 0)
		return "";
	for (i = 0; platform_names[i] != NULL; i++)
		if (strlen(platform_names[i]) == n &&
		    strncmp(platform_names[i], identity, n) == 0)
			return platform_names[i];
	return "";
}

/* What this program knows of an order and no platform does. */
static void
take_ours(
    const struct db_rows *rows, int c, struct order *o, struct arena *arena)
{
	char names[100];

	o->origin = db_int(rows, c++);
	o->done = db_int(rows, c++);
	o->lead_id = db_int(rows, c++);
	o->lead_no = row_text(rows, c++, arena);
	o->followers = db_int(rows, c++);
	o->parts = db_int(rows, c++);
	o->warehouse_id = db_int(rows, c++);
	o->warehouse = row_text(rows, c++, arena);
	o->delivery = db_int(rows, c++);
	o->promised_at = db_int(rows, c++);
	o->cod = db_int(rows, c++);
	o->agent_id = db_int(rows, c++);
	o->agent = row_text(rows, c++, arena);
	o->done_names = "";
	if (arena != NULL && o->done != 0)
		o->done_names = arena_strdup(
		    arena, order_done_names(o->done, names, sizeof(names)));
}

void
order_take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order *o = out;
	int c = 0;

	o->id = db_int(rows, c++);
	o->version = db_int(rows, c++);
	o->order_no = row_text(rows, c++, arena);
	o->state = db_int(rows, c++);
	o->held = db_int(rows, c++);
	o->created_at = db_int(rows, c++);
	o->goes_at = db_int(rows, c++);
	o->paid_at = db_int(rows, c++);
	o->shipped_at = db_int(rows, c++);
	o->finished_at = db_int(rows, c++);
	o->platform = row_text(rows, c++, arena);
	o->shop = row_text(rows, c++, arena);
	o->customer_id = db_int(rows, c++);
	o->nick = row_text(rows, c++, arena);
	o->receiver = row_text(rows, c++, arena);
	o->phone = row_text(rows, c++, arena);
	o->province = row_text(rows, c++, arena);
	o->city = row_text(rows, c++, arena);
	o->district = row_text(rows, c++, arena);
	o->address = row_text(rows, c++, arena);
	o->total = db_int(rows, c++);
	o->postage = db_int(rows, c++);
	o->paid = db_int(rows, c++);
	o->refund = db_int(rows, c++);
	o->settled = db_int(rows, c++);
	o->flag = db_int(rows, c++);
	o->buyer_note = row_text(rows, c++, arena);
	o->memo = row_text(rows, c++, arena);
	o->waybill_no = row_text(rows, c++, arena);
	o->courier = row_text(rows, c++, arena);
	o->payment_no = row_text(rows, c++, arena);
	o->close_reason = row_text(rows, c++, arena);
	o->goods = goods(rows, c, c + 1, c + 2, arena);
	o->qty = db_int(rows, c + 3);
	o->line_n = db_int(rows, c + 2);
	o->holds = "";
	o->nick_platform = nick_platform(db_text(rows, c + 4), o->platform);
	take_ours(rows, c + 5, o, arena);
}

static int64_t
ship_by(const struct order *o, int64_t hours)
{
	if (!order_can_hold(o->state))
		return 0;
	if (o->promised_at != 0)
		return o->promised_at;
	return o->goes_at != 0 ? o->goes_at + hours * HOUR : 0;
}

int
order_fill(struct session *s, struct page *page)
{
	struct order *o = page->rows;
	char names[100];
	int64_t hours;
	size_t i;
	int rc;

	if ((rc = setting_int(s, SETTING_SHIP_HOURS, &hours)) < 0) {
		page_free(page);
		return rc;
	}
	for (i = 0; i < page->n; i++) {
		o[i].ship_by = ship_by(&o[i], hours);
		if (!o[i].held)
			continue;
		rc = hold_names(s, o[i].id, names, sizeof(names));
		if (rc < 0) {
			page_free(page);
			return rc;
		}
		o[i].holds = arena_strdup(&page->arena, names);
	}
	contact_hide_orders(s, page);
	return 0;
}

static const char sql_by_id[] = ORDER_SELECT " WHERE o.id = $1";

/* Add the row to @out; 0 also when it is gone meanwhile. */
static int
row_add(struct session *s, int64_t id, struct page *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_by_id, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		order_take(rows, page_add(out), &out->arena);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
order_row(struct session *s, int64_t id, struct page *out)
{
	int rc;

	page_init(out, sizeof(struct order), 1);
	rc = row_add(s, id, out);
	if (rc == 0 && out->n == 0)
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : order_fill(s, out);
}

int
order_load(struct session *s, const struct refs *refs, struct page *out)
{
	size_t i;
	int rc = 0;

	page_init(out, sizeof(struct order), refs->n);
	for (i = 0; rc == 0 && i < refs->n; i++)
		rc = row_add(s, refs->v[i].id, out);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : order_fill(s, out);
}
