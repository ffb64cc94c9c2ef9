/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/domain/settings.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "order_priv.h"

static const struct op op_remind = { "order-remind", PERM_ORDER_EDIT, "order" };
static const struct op op_result = { "reminder-result", PERM_ORDER_EDIT,
	"order" };

#define DAY     86400
#define LONGEST (30 * DAY) /* until the next one */
#define GROUPS  1000

const char *const reminder_channels[] = { "wangwang", "phone", "sms", "wechat",
	"mail", NULL };
const char *const reminder_results[] = { "", "paid", "later", "dear",
	"elsewhere", "no_answer", "refused", NULL };

const char *const reminder_channel_texts[] = { N_("platform chat"),
	N_("phone call"), N_("SMS"), N_("WeChat"), N_("e-mail"), NULL };
const char *const reminder_result_texts[] = { N_("no answer yet"),
	N_("says it is paid"), N_("pays later"), N_("finds it too dear"),
	N_("bought it elsewhere"), N_("does not answer"),
	N_("does not want it any more"), NULL };

static const char *
text_of(const char *const *names, const char *const *texts, const char *name)
{
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return _(texts[i]);
	return name;
}

const char *
reminder_channel_text(const char *channel)
{
	return text_of(reminder_channels, reminder_channel_texts, channel);
}

const char *
reminder_result_text(const char *result)
{
	return text_of(reminder_results, reminder_result_texts, result);
}

static bool
among(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

#define LAST \
	" LEFT JOIN reminder m ON m.id = (SELECT max(x.id) FROM reminder x" \
	" WHERE x.order_id = o.id) LEFT JOIN staff st ON st.id = m.staff_id"
#define UNPAID \
	"SELECT o.id, o.order_no, sh.name, sh.platform, c.nick," \
	" coalesce(o.goods, (SELECT li.title FROM order_line l" \
	" JOIN listing li ON li.id = l.listing_id WHERE l.order_id = o.id" \
	" ORDER BY l.line_no LIMIT 1)), o.total, o.created_at," \
	" (SELECT count(*) FROM reminder x WHERE x.order_id = o.id)," \
	" coalesce(m.at, 0), st.name, m.channel, m.result, m.note," \
	" coalesce(m.next_at, 0), coalesce(m.id, 0), r.name FROM orders o" \
	" LEFT JOIN shop sh ON sh.id = o.shop_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN customer c ON c.id = r.customer_id" LAST \
	" WHERE o.state = 1 AND o.held = 0"

static void
take_unpaid(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct unpaid *u = out;

	u->id = db_int(rows, 0);
	u->order_no = row_text(rows, 1, arena);
	u->shop = row_text(rows, 2, arena);
	u->platform = row_text(rows, 3, arena);
	u->nick = mask_nick(
	    arena, row_text(rows, 4, arena), row_text(rows, 16, arena));
	u->goods = row_text(rows, 5, arena);
	u->total = db_int(rows, 6);
	u->created_at = db_int(rows, 7);
	u->reminded = db_int(rows, 8);
	u->last_at = db_int(rows, 9);
	u->by = row_text(rows, 10, arena);
	u->channel = row_text(rows, 11, arena);
	u->result = row_text(rows, 12, arena);
	u->note = row_text(rows, 13, arena);
	u->next_at = db_int(rows, 14);
	u->last_id = db_int(rows, 15);
}

int
unpaid_page(struct session *s, bool due, enum page_dir dir,
    const struct unpaid *from, size_t limit, struct page *out)
{
	struct query q = QUERY(UNPAID);
	struct query_key keys[] = { { .column = "o.created_at" },
		{ .column = "o.id" } };
	int64_t after, until, now = time_now();
	struct unpaid *u;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = setting_int(s, SETTING_REMIND_AFTER_MIN, &after)) < 0 ||
	    (rc = setting_int(s, SETTING_REMIND_UNTIL_H, &until)) < 0)
		return rc;
	query_and(&q, "o.created_at <=", db_i(now - after * 60));
	query_and(&q, "o.created_at >", db_i(now - until * 3600));
	/* Within the period, which is a few days. */
	if (due)
		query_and(&q, "coalesce(m.next_at, 0) <=", db_i(now));
	if (from != NULL) {
		keys[0].from = db_i(from->created_at);
		keys[1].from = db_i(from->id);
	}
	query_page(&q, keys, 2, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct unpaid), limit, take_unpaid, out);
	for (i = 0, u = out->rows; rc == 0 && i < out->n; i++)
		u[i].note = contact_hide_text(s, u[i].note, &out->arena);
	return rc;
}

static int
check_result(
    struct session *s, const char *result, const char *note, int64_t next_at)
{
	int64_t now = time_now();
	int rc;

	if (!among(reminder_results, result))
		return err_set(&s->err, ERR_INVALID, "result",
		    _("%s is nothing that can come of a reminder"), result);
	if ((rc = order_note_check(s, "note", note)) < 0)
		return rc;
	if (next_at != 0 && (next_at < now || next_at > now + LONGEST))
		return err_set(&s->err, ERR_INVALID, "next_at",
		    _("A time within the next 30 days is wanted"));
	return 0;
}

static int
check_edit(struct session *s, const struct reminder_edit *e)
{
	if (!among(reminder_channels, e->channel))
		return err_set(&s->err, ERR_INVALID, "channel",
		    _("%s is no way to remind somebody"), e->channel);
	if (e->text[0] == '\0' || !utf8_valid(e->text, strlen(e->text)))
		return err_set(
		    &s->err, ERR_INVALID, "text", _("The text is missing"));
	return check_result(s, e->result, e->note, e->next_at);
}

static const char sql_next[] =
    "SELECT coalesce(max(next_at), 0) FROM (SELECT next_at FROM reminder"
    " WHERE order_id = $1 ORDER BY id DESC LIMIT 1) m";

static int
check_order(struct session *s, struct txn *txn, int64_t order_id)
{
	struct order_now now;
	char when[TIME_SIZE];
	int64_t next;
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0)
		return rc;
	if (now.state != ORDER_UNPAID)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is %s: nothing is to be reminded of"),
		    now.order_no, order_state_text(now.state));
	rc = db_fetch1(txn, sql_next, DB_ARGS(db_i(order_id)), &next);
	if (rc == 0 && next > time_now())
		rc = err_set(&s->err, ERR_STATE, "next_at",
		    _("Order %s is not to be reminded before %s"), now.order_no,
		    time_short(next, time_now(), when));
	return rc;
}

static const char sql_add[] =
    "INSERT INTO reminder (order_id, staff_id, at, channel, text, template_id,"
    " result, note, result_at, next_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

int
reminder_add(struct session *s, int64_t order_id, const struct reminder_edit *e,
    int64_t *id)
{
	struct txn *txn;
	int64_t at = time_now(), added;
	int rc;

	if ((rc = op_begin(s, &op_remind, &txn)) < 0)
		return rc;
	if ((rc = check_edit(s, e)) == 0)
		rc = check_order(s, txn, order_id);
	if (rc == 0)
		rc = db_insert(txn, sql_add,
		    DB_ARGS(db_i(order_id), db_i(s->staff_id), db_i(at),
			db_t(e->channel), db_t(e->text), db_id(e->template_id),
			db_t(e->result), db_t(e->note),
			db_i(e->result[0] != '\0' ? at : 0), db_i(e->next_at)),
		    &added);
	if (rc == 0)
		rc = op_commit(s, &op_remind, &txn, order_id, "%s%s%s",
		    e->channel, e->result[0] != '\0' ? ": " : "", e->result);
	op_abort(s, &txn);
	if (rc == 0)
		*id = added;
	return rc;
}

static const char sql_order_of[] =
    "SELECT order_id FROM reminder WHERE id = $1";
static const char sql_result[] =
    "UPDATE reminder SET result = $2, note = $3, result_at = $4, next_at = $5"
    " WHERE id = $1";

int
reminder_result(struct session *s, int64_t id, const char *result,
    const char *note, int64_t next_at)
{
	struct txn *txn;
	int64_t order_id;
	int rc;

	if ((rc = op_begin(s, &op_result, &txn)) < 0)
		return rc;
	rc = check_result(s, result, note, next_at);
	if (rc == 0) {
		rc = db_fetch1(txn, sql_order_of, DB_ARGS(db_i(id)), &order_id);
		if (rc == ERR_NOTFOUND)
			rc = err_set(&s->err, ERR_NOTFOUND, "",
			    _("There is no such reminder"));
	}
	if (rc == 0)
		rc = db_exec(txn, sql_result,
		    DB_ARGS(db_i(id), db_t(result), db_t(note),
			db_i(result[0] != '\0' ? time_now() : 0),
			db_i(next_at)),
		    NULL);
	if (rc == 0)
		rc = op_commit(s, &op_result, &txn, order_id, "%s%s%s", result,
		    note[0] != '\0' ? ": " : "", note);
	op_abort(s, &txn);
	return rc;
}

#define REMINDER \
	"SELECT m.id, m.at, m.order_id, o.order_no, c.nick, st.name," \
	" m.channel, t.name, m.text, m.result, m.note, m.result_at," \
	" m.next_at, o.state, o.paid_at, r.name FROM reminder m" \
	" JOIN orders o ON o.id = m.order_id" \
	" JOIN staff st ON st.id = m.staff_id" \
	" LEFT JOIN text_template t ON t.id = m.template_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN customer c ON c.id = r.customer_id WHERE 1 = 1"

static void
take_reminder(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct reminder *m = out;

	m->id = db_int(rows, 0);
	m->at = db_int(rows, 1);
	m->order_id = db_int(rows, 2);
	m->order_no = row_text(rows, 3, arena);
	m->nick = mask_nick(
	    arena, row_text(rows, 4, arena), row_text(rows, 15, arena));
	m->staff = row_text(rows, 5, arena);
	m->channel = row_text(rows, 6, arena);
	m->text_name = row_text(rows, 7, arena);
	m->text = row_text(rows, 8, arena);
	m->result = row_text(rows, 9, arena);
	m->note = row_text(rows, 10, arena);
	m->result_at = db_int(rows, 11);
	m->next_at = db_int(rows, 12);
	m->state = db_int(rows, 13);
	m->paid_at = db_int(rows, 14);
}

int
reminder_page(struct session *s, int64_t order_id, enum page_dir dir,
    const struct reminder *from, size_t limit, struct page *out)
{
	struct query q = QUERY(REMINDER);
	struct query_key key = { .column = "m.id" };
	struct reminder *m;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (order_id != 0)
		query_and(&q, "m.order_id =", db_i(order_id));
	if (from != NULL)
		key.from = db_i(from->id);
	query_page(&q, &key, 1, true, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct reminder), limit, take_reminder, out);
	for (i = 0, m = out->rows; rc == 0 && i < out->n; i++) {
		m[i].text = contact_hide_text(s, m[i].text, &out->arena);
		m[i].note = contact_hide_text(s, m[i].note, &out->arena);
	}
	return rc;
}

/* Each order counts once: for the last reminder before it was paid. Over a
 * period, which is what they cost. */
#define LAST_ONES \
	" FROM (SELECT max(m.id) AS id FROM reminder m" \
	" JOIN orders o ON o.id = m.order_id WHERE m.at >= $1 AND m.at < $2" \
	" AND (o.paid_at = 0 OR m.at <= o.paid_at) GROUP BY m.order_id) x" \
	" JOIN reminder m ON m.id = x.id JOIN orders o ON o.id = m.order_id"
#define SUMS \
	" count(*), coalesce(sum(CASE WHEN o.paid_at > 0" \
	" AND o.paid_at < m.at + 86400 THEN 1 ELSE 0 END), 0)," \
	" coalesce(sum(CASE WHEN o.paid_at > 0 AND o.paid_at < m.at + 86400" \
	" THEN o.paid ELSE 0 END), 0)"
static const char sql_by_staff[] =
    "SELECT m.staff_id, st.name," SUMS LAST_ONES
    " JOIN staff st ON st.id = m.staff_id GROUP BY m.staff_id, st.name"
    " ORDER BY 3 DESC, 1 /*scan*/ /*sort*/";
static const char sql_by_text[] =
    "SELECT coalesce(m.template_id, 0), t.name," SUMS LAST_ONES
    " LEFT JOIN text_template t ON t.id = m.template_id"
    " GROUP BY coalesce(m.template_id, 0), t.name"
    " ORDER BY 3 DESC, 1 /*scan*/ /*sort*/";

int
reminder_figures(struct session *s, enum reminder_by by, int64_t since,
    int64_t until, struct page *out)
{
	struct reminder_figures *f;
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_query(s->db,
	    by == REMINDER_BY_STAFF ? sql_by_staff : sql_by_text,
	    DB_ARGS(db_i(since), db_i(until)), &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(*f), GROUPS);
	while (out->n < GROUPS && (rc = db_next(rows)) > 0) {
		f = page_add(out);
		*f = (struct reminder_figures){ .id = db_int(rows, 0),
			.name = row_text(rows, 1, &out->arena),
			.orders = db_int(rows, 2),
			.paid_n = db_int(rows, 3),
			.paid = db_int(rows, 4) };
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}
