/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "order_add_priv.h"
#include "quotations_priv.h"

/* Quotations as they are written. */

static const struct op op_add = { "quote-add", PERM_ORDER_ADD, "quotation" };
static const struct op op_save = { "quote-save", PERM_ORDER_ADD, "quotation" };

static const char sql_head[] =
    "SELECT sh.name, coalesce(q.customer_id, 0), q.nick, q.name, q.phone,"
    " q.province, q.city, q.district, q.address, q.postage, q.note, q.channel,"
    " q.valid_until FROM quotation q JOIN shop sh ON sh.id = q.shop_id"
    " WHERE q.id = $1";
static const char sql_lines[] =
    "SELECT v.sku_code, l.qty, l.price, l.note FROM quotation_line l"
    " JOIN variant v ON v.id = l.variant_id WHERE l.quotation_id = $1"
    " ORDER BY l.line_no";

#define TAKE(to, col) copy_text(to, sizeof(to), db_text(rows, col))

static void
take_head(const struct db_rows *rows, struct quotation_edit *e)
{
	struct sale *sale = &e->sale;

	TAKE(sale->shop, 0);
	sale->customer_id = db_int(rows, 1);
	TAKE(sale->nick, 2);
	TAKE(sale->to.name, 3);
	TAKE(sale->to.phone, 4);
	TAKE(sale->to.province, 5);
	TAKE(sale->to.city, 6);
	TAKE(sale->to.district, 7);
	TAKE(sale->to.address, 8);
	sale->postage = db_int(rows, 9);
	TAKE(sale->note, 10);
	TAKE(e->channel, 11);
	e->valid_until = db_int(rows, 12) != 0 ? time_day(db_int(rows, 12)) : 0;
}

static int
read_lines(struct session *s, int64_t id, struct sale *sale)
{
	struct db_rows *rows;
	struct sale_line *l;
	int rc = db_query(s->db, sql_lines, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0 && sale->n < SALE_LINES) {
		l = &sale->line[sale->n++];
		TAKE(l->sku, 0);
		l->qty = db_int(rows, 1);
		l->price = db_int(rows, 2);
		TAKE(l->note, 3);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
quotation_read(struct session *s, int64_t id, struct quotation_edit *e)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_head, DB_ARGS(db_i(id)), &rows);

	*e = (struct quotation_edit){ .valid_until = 0 };
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		take_head(rows, e);
	else if (rc == 0)
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such quotation"));
	db_done(rows);
	return rc < 0 ? rc : read_lines(s, id, &e->sale);
}

int
quotation_edit_from(struct session *s, int64_t id, struct quotation_edit *e)
{
	int rc = session_need(s, PERM_ORDER_ADD);

	if (rc < 0)
		return rc;
	if (!contact_open(s))
		return err_set(&s->err, ERR_DENIED, "",
		    _("Who may not see addresses may not change them"));
	return quotation_read(s, id, e);
}

int
quotation_valid(struct session *s, int64_t day, int64_t *until)
{
	int64_t days, today = time_day(time_now());
	int rc;

	if (day == 0) {
		if ((rc = setting_int(s, SETTING_QUOTE_DAYS, &days)) < 0)
			return rc;
		day = today + days;
	} else if (day < today) {
		return err_set(&s->err, ERR_INVALID, "valid_until",
		    _("That day is over already"));
	}
	*until = day_start(day + 1) - 1;
	return 0;
}

static bool
is_channel(const char *name)
{
	size_t i;

	for (i = 0; reminder_channels[i] != NULL; i++)
		if (strcmp(reminder_channels[i], name) == 0)
			return true;
	return name[0] == '\0';
}

/* Where it goes may come later, but what is said must be text. */
static int
check_edit(struct session *s, const struct quotation_edit *e)
{
	const struct sale *sale = &e->sale;
	const struct {
		const char *field, *text;
	} texts[] = { { "nick", sale->nick }, { "name", sale->to.name },
		{ "phone", sale->to.phone }, { "province", sale->to.province },
		{ "city", sale->to.city }, { "district", sale->to.district },
		{ "address", sale->to.address } };
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!utf8_valid(texts[i].text, strlen(texts[i].text)))
			return err_set(&s->err, ERR_INVALID, texts[i].field,
			    _("The text is not valid UTF-8"));
	if (sale->nick[0] == '\0' && sale->to.name[0] == '\0' &&
	    sale->to.phone[0] == '\0' && sale->customer_id == 0)
		return err_set(&s->err, ERR_INVALID, "nick", _("Say who asks"));
	if (!is_channel(e->channel))
		return err_set(&s->err, ERR_INVALID, "channel",
		    _("%s is no way to reach somebody"), e->channel);
	if (sale->n > SALE_LINES)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("Say what is sold: 1 to %d lines"), SALE_LINES);
	return 0;
}

static const char sql_add[] =
    "INSERT INTO quotation (quote_no, shop_id, customer_id, nick, name, phone,"
    " province, city, district, address, channel, note, postage, total,"
    " valid_until, staff_id, at) VALUES ('', $3, $4, $5, $6, $7, $8, $9, $10,"
    " $11, $12, $13, $14, $15, $16, $1, $2)";
static const char sql_save[] =
    "UPDATE quotation SET state = 0, shop_id = $3, customer_id = $4, nick = $5,"
    " name = $6, phone = $7, province = $8, city = $9, district = $10,"
    " address = $11, channel = $12, note = $13, postage = $14, total = $15,"
    " valid_until = $16, version = version + 1"
    " WHERE id = $1 AND version = $2";
#define EDIT_ARGS(a, b, now, e, until) \
	DB_ARGS(db_i(a), db_i(b), db_i((now)->shop_id), \
	    db_id((now)->customer_id), db_t((e)->sale.nick), \
	    db_t((e)->sale.to.name), db_t((e)->sale.to.phone), \
	    db_t((e)->sale.to.province), db_t((e)->sale.to.city), \
	    db_t((e)->sale.to.district), db_t((e)->sale.to.address), \
	    db_t((e)->channel), db_t((e)->sale.note), db_i((now)->postage), \
	    db_i((now)->total), db_i(until))

static const char sql_no_lines[] =
    "DELETE FROM quotation_line WHERE quotation_id = $1";
static const char sql_line[] =
    "INSERT INTO quotation_line (quotation_id, line_no, variant_id, qty, price,"
    " note) VALUES ($1, $2, $3, $4, $5, $6)";

static int
put_lines(struct txn *txn, int64_t id, const struct sale_now *now)
{
	size_t i;
	int rc = db_exec(txn, sql_no_lines, DB_ARGS(db_i(id)), NULL);

	for (i = 0; rc == 0 && i < now->n; i++)
		rc = db_exec(txn, sql_line,
		    DB_ARGS(db_i(id), db_i((int64_t)i + 1),
			db_i(now->item[i].variant_id), db_i(now->item[i].qty),
			db_i(now->item[i].price), db_t(now->item[i].note)),
		    NULL);
	return rc;
}

/* Until when it will be: 0 until it is quoted, unless a day was said. */
static int
prepare(struct session *s, struct txn *txn, const struct quotation_edit *e,
    struct sale_now *now, int64_t *until)
{
	int rc;

	*until = 0;
	if ((rc = check_edit(s, e)) < 0 ||
	    (e->valid_until != 0 &&
		(rc = quotation_valid(s, e->valid_until, until)) < 0))
		return rc;
	return sale_look_up(s, txn, &e->sale, false, now);
}

static const char sql_number[] =
    "UPDATE quotation SET quote_no = $2 WHERE id = $1";

int
quotation_add(struct session *s, const struct quotation_edit *e, int64_t *id)
{
	char no[32], total[MONEY_SIZE];
	struct str words = STR_INIT;
	int64_t until, added = 0;
	struct sale_now now = { .n = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = prepare(s, txn, e, &now, &until);
	if (rc == 0)
		rc = db_insert(txn, sql_add,
		    EDIT_ARGS(s->staff_id, time_now(), &now, e, until), &added);
	snprintf(no, sizeof(no), "Q-%06" PRId64, added);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_number, DB_ARGS(db_i(added), db_t(no)), NULL);
	if (rc == 0)
		rc = put_lines(txn, added, &now);
	if (rc == 0) {
		sale_say(&now, &words);
		rc = op_commit(s, &op_add, &txn, added, "%s, %s: %s", no,
		    money_plain(now.total, total), words.s);
	}
	op_abort(s, &txn);
	str_done(&words);
	if (rc == 0)
		*id = added;
	return rc;
}

static int
save(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct quotation_edit *e, struct quotation_now *was,
    struct sale_now *now)
{
	int64_t changed, until;
	int rc;

	if ((rc = quotation_now(s, txn, id, was)) < 0 ||
	    (rc = quotation_is_open(s, was)) < 0 ||
	    (rc = prepare(s, txn, e, now, &until)) < 0)
		return rc;
	rc = db_exec(
	    txn, sql_save, EDIT_ARGS(id, version, now, e, until), &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("Quotation %s was changed by someone else meanwhile"),
		    was->quote_no);
	return rc < 0 ? rc : put_lines(txn, id, now);
}

int
quotation_save(struct session *s, int64_t id, int64_t version,
    const struct quotation_edit *e)
{
	struct quotation_now was = { .id = 0 };
	struct str words = STR_INIT;
	char total[MONEY_SIZE];
	struct sale_now now = { .n = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = contact_open(s)
		 ? save(s, txn, id, version, e, &was, &now)
		 : err_set(&s->err, ERR_DENIED, "",
		       _("Who may not see addresses may not change them"));
	if (rc == 0) {
		sale_say(&now, &words);
		rc = op_commit(s, &op_save, &txn, id, "%s, %s: %s",
		    was.quote_no, money_plain(now.total, total), words.s);
	}
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}
