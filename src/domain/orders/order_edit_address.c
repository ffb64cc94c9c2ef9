/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"

#include "../core/edit_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../logistics/freight_priv.h"
#include "../made/confirm_priv.h"
#include "../review/review_priv.h"
#include "order_edit_priv.h"
#include "order_priv.h"

static const struct op op_address = { "order-address", PERM_ORDER_EDIT,
	"order" };

void
order_address_from(struct order_address *edit, const struct order *o)
{
	copy_text(edit->name, sizeof(edit->name), o->receiver);
	copy_text(edit->phone, sizeof(edit->phone), o->phone);
	copy_text(edit->province, sizeof(edit->province), o->province);
	copy_text(edit->city, sizeof(edit->city), o->city);
	copy_text(edit->district, sizeof(edit->district), o->district);
	copy_text(edit->address, sizeof(edit->address), o->address);
}

/* A receiver's row: in the order of the columns, with what finds it. */
enum { R_NAME, R_PHONE, R_PROVINCE, R_CITY, R_DISTRICT, R_ADDRESS, R_PARTS };

struct receiver {
	int64_t id, customer; /* 0: none */
	char part[R_PARTS][NAME_ROOM];
};

static const char *const part_names[R_PARTS] = { "name", "phone", "province",
	"city", "district", "address" };

/* Without the blanks around; what cannot be printed on a label is refused. */
static int
take_part(struct session *s, int part, const char *text, struct receiver *r)
{
	int rc;

	if (part == R_NAME &&
	    (rc = edit_name(s, part_names[part], r->part[part], text)) < 0)
		return rc;
	if (!utf8_valid(text, strlen(text)) ||
	    !trim_text(r->part[part], sizeof(r->part[part]), text))
		return err_set(&s->err, ERR_INVALID, part_names[part],
		    _("The text is not valid UTF-8"));
	if (strchr(r->part[part], '*') != NULL)
		return err_set(&s->err, ERR_INVALID, part_names[part],
		    _("A parcel cannot go to what is hidden by stars: ask the "
		      "buyer"));
	return 0;
}

static bool
is_phone(const char *text)
{
	size_t digits = 0;

	for (; *text != '\0'; text++)
		if (isdigit((unsigned char)*text))
			digits++;
		else if (strchr("+-() ", *text) == NULL)
			return false;
	return digits >= 7 && digits <= 20;
}

static int
take_all(
    struct session *s, const struct order_address *edit, struct receiver *r)
{
	const char *const texts[R_PARTS] = { edit->name, edit->phone,
		edit->province, edit->city, edit->district, edit->address };
	int i, rc;

	for (i = 0; i < R_PARTS; i++)
		if ((rc = take_part(s, i, texts[i], r)) < 0)
			return rc;
	if (r->part[R_NAME][0] == '\0')
		return err_set(&s->err, ERR_INVALID, "name",
		    _("Say who receives the parcel"));
	if (!is_phone(r->part[R_PHONE]))
		return err_set(&s->err, ERR_INVALID, "phone",
		    _("The courier needs a phone number, of digits"));
	if (r->part[R_ADDRESS][0] == '\0')
		return err_set(&s->err, ERR_INVALID, "address",
		    _("Say where the parcel goes"));
	return 0;
}

static const char sql_old[] =
    "SELECT coalesce(o.receiver_id, 0), coalesce(r.customer_id, 0), r.name,"
    " r.phone, r.province, r.city, r.district, r.address, o.told, o.origin"
    " FROM orders o LEFT JOIN receiver r ON r.id = o.receiver_id"
    " WHERE o.id = $1";

struct work {
	struct order_now now;
	struct receiver old, new;
	struct str told; /* "": nobody told otherwise yet */
	bool platform;
};

static int
read_old(struct session *s, struct work *w)
{
	struct db_rows *rows;
	int i, rc;

	rc = db_query(s->db, sql_old, DB_ARGS(db_i(w->now.id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		w->old.id = db_int(rows, 0);
		w->old.customer = db_int(rows, 1);
		for (i = 0; i < R_PARTS; i++)
			copy_text(w->old.part[i], sizeof(w->old.part[i]),
			    row_text(rows, 2 + i, NULL));
		str_add(&w->told, row_text(rows, 8, NULL));
		w->platform = db_int(rows, 9) == ORDER_PLATFORM;
	}
	db_done(rows);
	w->new.customer = w->old.customer;
	return rc < 0 ? rc : 0;
}

static bool
same(const struct receiver *a, const struct receiver *b)
{
	int i;

	for (i = 0; i < R_PARTS; i++)
		if (strcmp(a->part[i], b->part[i]) != 0)
			return false;
	return true;
}

/* The last four digits, as receivers are found by them. */
static void
tail_of(const char *phone, char tail[5])
{
	size_t n = strlen(phone), i;
	const char *dash = strchr(phone, '-');

	tail[0] = '\0';
	if (dash != NULL && dash - phone >= 11)
		n = (size_t)(dash - phone);
	if (n < 4)
		return;
	for (i = n - 4; i < n; i++)
		if (!isdigit((unsigned char)phone[i]))
			return;
	memcpy(tail, phone + n - 4, 4);
	tail[4] = '\0';
}

#define IS_RECEIVER \
	" AND name = $2 AND phone = $3 AND province = $4 AND city = $5" \
	" AND district = $6 AND address = $7 ORDER BY id LIMIT 1"
static const char sql_of_customer[] =
    "SELECT id FROM receiver WHERE customer_id = $1" IS_RECEIVER;
static const char sql_of_nobody[] =
    "SELECT id FROM receiver WHERE customer_id IS NULL AND $1 = 0" IS_RECEIVER;
static const char sql_receiver_add[] =
    "INSERT INTO receiver (customer_id, name, phone, province, city, district,"
    " address, pinyin, pinyin2, phone_tail)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/* Orders to the same hands share one row. */
static int
find_receiver(struct session *s, struct txn *txn, struct receiver *r)
{
	const char(*p)[NAME_ROOM] = (const char(*)[NAME_ROOM])r->part;
	char pinyin[64], plain[64], tail[5];
	int rc;

	rc = db_get1(s->db, r->customer != 0 ? sql_of_customer : sql_of_nobody,
	    DB_ARGS(db_i(r->customer), db_t(p[R_NAME]), db_t(p[R_PHONE]),
		db_t(p[R_PROVINCE]), db_t(p[R_CITY]), db_t(p[R_DISTRICT]),
		db_t(p[R_ADDRESS])),
	    &r->id);
	if (rc != ERR_NOTFOUND)
		return rc;
	pinyin_initials(p[R_NAME], pinyin, sizeof(pinyin));
	if (!pinyin_initials_plain(p[R_NAME], plain, sizeof(plain)))
		plain[0] = '\0';
	tail_of(p[R_PHONE], tail);
	return db_insert(txn, sql_receiver_add,
	    DB_ARGS(db_id(r->customer), db_t(p[R_NAME]), db_t(p[R_PHONE]),
		db_t(p[R_PROVINCE]), db_t(p[R_CITY]), db_t(p[R_DISTRICT]),
		db_t(p[R_ADDRESS]), db_t(pinyin), db_t(plain), db_t(tail)),
	    &r->id);
}

int
receiver_put(struct session *s, struct txn *txn, int64_t customer_id,
    const struct order_address *to, int64_t *id)
{
	struct receiver r = { .customer = customer_id };
	int rc = take_all(s, to, &r);

	if (rc == 0)
		rc = find_receiver(s, txn, &r);
	*id = r.id;
	return rc;
}

/* As order_told() has it of a file. */
static void
say_told(const struct receiver *r, struct str *out)
{
	int i;

	for (i = 0; i < R_PARTS; i++)
		str_addf(out, "%s%s", i > 0 ? "\n" : "", r->part[i]);
}

static void
say(const struct receiver *r, struct str *out)
{
	int i;

	for (i = 0; i < R_PARTS; i++)
		if (r->part[i][0] != '\0')
			str_addf(
			    out, "%s%s", out->len > 0 ? " " : "", r->part[i]);
}

static const char sql_set[] =
    "UPDATE orders SET receiver_id = $2, told = $3, version = version + 1"
    " WHERE id = $1";

/* What the platform said first is what its next file is compared with; where it
 * said just this, nothing was changed here. */
static int
put(struct txn *txn, struct work *w)
{
	struct str new = STR_INIT;
	const char *told = NULL;
	int rc;

	if (w->platform) {
		say_told(&w->new, &new);
		if (w->told.len == 0)
			say_told(&w->old, &w->told);
		if (strcmp(w->told.s, new.s) != 0)
			told = w->told.s;
	}
	rc = db_exec(txn, sql_set,
	    DB_ARGS(db_i(w->now.id), db_i(w->new.id), db_t(told)), NULL);
	str_done(&new);
	return rc;
}

/* What the buyer had confirmed of it no longer is. */
static int
unconfirm(struct session *s, struct txn *txn, const struct work *w)
{
	static const struct {
		int64_t bit;
		int part;
	} facts[] = { { CONFIRM_NAME, R_NAME }, { CONFIRM_PHONE, R_PHONE } };
	struct str was = STR_INIT, is = STR_INIT;
	bool moved = false;
	size_t i;
	int part, rc = 0;

	for (i = 0; rc == 0 && i < 2; i++)
		if (strcmp(w->old.part[facts[i].part],
			w->new.part[facts[i].part]) != 0)
			rc = confirm_changed(s, txn, w->now.id, facts[i].bit,
			    w->old.part[facts[i].part],
			    w->new.part[facts[i].part]);
	for (part = R_PROVINCE; part < R_PARTS; part++) {
		moved |= strcmp(w->old.part[part], w->new.part[part]) != 0;
		str_addf(&was, "%s ", w->old.part[part]);
		str_addf(&is, "%s ", w->new.part[part]);
	}
	if (rc == 0 && moved)
		rc = confirm_changed(
		    s, txn, w->now.id, CONFIRM_ADDRESS, was.s, is.s);
	str_done(&was);
	str_done(&is);
	return rc;
}

/* 1: something was changed. */
static int
apply(struct session *s, struct txn *txn, struct work *w, int64_t version)
{
	int rc;

	if ((rc = edit_begin(s, txn, w->now.id, version, &w->now)) < 0 ||
	    (rc = edit_alone(s, &w->now)) < 0 || (rc = read_old(s, w)) < 0)
		return rc;
	if (same(&w->old, &w->new))
		return 0;
	if ((rc = find_receiver(s, txn, &w->new)) < 0 ||
	    (rc = put(txn, w)) < 0 ||
	    /* What was printed says the old one. */
	    (rc = order_did(s, txn, w->now.id, 0, DONE_PRINTED)) < 0 ||
	    (rc = unconfirm(s, txn, w)) < 0 ||
	    (rc = route_again(s, txn, w->now.id)) < 0 ||
	    (rc = courier_again(s, txn, w->now.id)) < 0)
		return rc;
	return 1;
}

int
order_address(struct session *s, int64_t id, int64_t version,
    const struct order_address *edit)
{
	struct str was = STR_INIT, is = STR_INIT;
	struct work w = { .now = { .id = id }, .told = STR_INIT };
	struct txn *txn;
	int rc;

	if ((rc = take_all(s, edit, &w.new)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_address, &txn)) < 0)
		return rc;
	if (contact_open(s))
		rc = apply(s, txn, &w, version);
	else
		rc = err_set(&s->err, ERR_DENIED, "",
		    _("Who may not see addresses may not change them"));
	if (rc > 0) {
		say(&w.old, &was);
		say(&w.new, &is);
		rc = op_commit(s, &op_address, &txn, id,
		    "address \"%s\" -> \"%s\"", was.s, is.s);
	}
	op_abort(s, &txn);
	str_done(&w.told);
	str_done(&was);
	str_done(&is);
	return rc;
}
