/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/pinyin.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../floor/ship_priv.h"
#include "companies_priv.h"
#include "products_priv.h"

/* Companies, written. Who may see no customers leaves that link as it is. */

static const struct op op_add = { "company-add", PERM_COMPANY_EDIT, "company" };
static const struct op op_save = { "company-save", PERM_COMPANY_EDIT,
	"company" };
static const struct op op_close = { "company-close", PERM_COMPANY_EDIT,
	"company" };
static const struct op op_reopen = { "company-reopen", PERM_COMPANY_EDIT,
	"company" };

#define DAYS_MAX  3650
#define TOTAL_MAX 100000000000LL

static bool
is_yes(const char *text)
{
	return strcmp(text, variant_made[1]) == 0;
}

static int64_t
bits_of(const struct company_edit *e)
{
	return (is_yes(e->supplier) ? COMPANY_SUPPLIER : 0) |
	       (is_yes(e->carrier) ? COMPANY_COURIER : 0) |
	       (is_yes(e->buyer) ? COMPANY_CUSTOMER : 0);
}

static int
check_texts(struct session *s, struct company_edit *e)
{
	const struct {
		const char *field;
		char *text;
		size_t size;
	} texts[] = {
		{ "name", e->name, sizeof(e->name) },
		{ "contact", e->contact, sizeof(e->contact) },
		{ "phone", e->phone, sizeof(e->phone) },
		{ "address", e->address, sizeof(e->address) },
		{ "bank", e->bank, sizeof(e->bank) },
		{ "account", e->account, sizeof(e->account) },
		{ "tax_no", e->tax_no, sizeof(e->tax_no) },
		{ "courier", e->courier, sizeof(e->courier) },
		{ "customer", e->customer, sizeof(e->customer) },
		{ "note", e->note, sizeof(e->note) },
	};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(texts) / sizeof(texts[0]); i++)
		rc = edit_text(s, texts[i].field, texts[i].text, texts[i].size);
	return rc;
}

int
company_check_edit(struct session *s, struct company_edit *e)
{
	int rc;

	if ((rc = check_texts(s, e)) < 0 ||
	    (rc = edit_range(s, "lead_days", e->lead_days, DAYS_MAX)) < 0 ||
	    (rc = edit_range(s, "cycle_days", e->cycle_days, DAYS_MAX)) < 0 ||
	    (rc = edit_range(s, "min_total", e->min_total, TOTAL_MAX)) < 0 ||
	    (rc = edit_range(s, "terms_days", e->terms_days, DAYS_MAX)) < 0)
		return rc;
	if (e->name[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if (bits_of(e) == 0)
		return err_set(&s->err, ERR_INVALID, "supplier",
		    _("Is it a supplier, a courier company, or a business "
		      "customer? Say yes to one of them"));
	if (e->courier[0] != '\0' && !is_yes(e->carrier))
		return err_set(&s->err, ERR_INVALID, "courier",
		    _("Only a courier company is linked to a courier"));
	if (e->customer[0] != '\0' && !is_yes(e->buyer))
		return err_set(&s->err, ERR_INVALID, "customer",
		    _("Only a business customer is linked to a customer"));
	return 0;
}

/* What it is linked to. */
struct links {
	int64_t courier, customer;
};

static const char sql_links[] =
    "SELECT coalesce(c.courier_id, 0), coalesce(c.customer_id, 0)"
    " FROM company c WHERE c.id = $1";
static const char sql_courier_taken[] =
    "SELECT count(*) FROM company WHERE courier_id = $1 AND id <> $2";

static int
links_now(struct session *s, int64_t id, struct links *l)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_links, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		l->courier = db_int(rows, 0);
		l->customer = db_int(rows, 1);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
link_courier(struct session *s, struct txn *txn, const char *text, int64_t id,
    int64_t *courier)
{
	int64_t n = 0;
	int rc;

	*courier = 0;
	if (text[0] == '\0')
		return 0;
	rc = courier_find(s, text, courier);
	if (rc == 0)
		rc = db_fetch1(txn, sql_courier_taken,
		    DB_ARGS(db_i(*courier), db_i(id)), &n);
	if (rc == 0 && n > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "courier",
		    _("%s is linked to another company already"), text);
	return rc;
}

/* @shown: what the form was given. */
static int
link_customer(
    struct session *s, const char *text, const char *shown, int64_t *customer)
{
	int rc;

	if (!session_may(s, PERM_CUSTOMER_VIEW) ||
	    (*customer != 0 && strcmp(text, shown) == 0))
		return 0;
	*customer = 0;
	if (text[0] == '\0')
		return 0;
	rc = customer_by_name(s, text, customer);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "customer",
		    _("There is no customer %.60s"), text);
	return rc;
}

/* As a form shows it to who is at work; an import by who may see no companies
 * is shown nothing. */
static int
shown_now(struct session *s, int64_t id, struct company_edit *shown)
{
	struct page page;
	int rc;

	if (!session_may(s, PERM_COMPANY_VIEW))
		return company_edit_now(s, id, shown);
	if ((rc = company_get(s, id, &page)) < 0)
		return rc;
	company_edit_from(shown, page_row(&page, 0));
	page_free(&page);
	return 0;
}

static int
link_up(struct session *s, struct txn *txn, const struct company_edit *e,
    int64_t id, struct links *l)
{
	struct company_edit shown = { .customer = "" };
	int rc;

	*l = (struct links){ 0 };
	if (id != 0 && ((rc = links_now(s, id, l)) < 0 ||
			   (rc = shown_now(s, id, &shown)) < 0))
		return rc;
	if ((rc = link_courier(s, txn, e->courier, id, &l->courier)) < 0)
		return rc;
	if (!is_yes(e->buyer)) {
		l->customer = 0;
		return 0;
	}
	return link_customer(s, e->customer, shown.customer, &l->customer);
}

static const char sql_taken[] =
    "SELECT count(*) FROM company WHERE name = $1 AND id <> $2";

static int
check_name(struct session *s, struct txn *txn, const struct company_edit *e,
    int64_t id)
{
	int64_t n;
	int rc =
	    db_fetch1(txn, sql_taken, DB_ARGS(db_t(e->name), db_i(id)), &n);

	if (rc == 0 && n > 0)
		rc = err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is a company %s already"), e->name);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO company (name, kinds, pinyin, contact, phone, address, bank,"
    " account, tax_no, lead_days, cycle_days, min_total, terms_days, note,"
    " courier_id, customer_id, active, created_at) VALUES ($3, $4, $5, $6, $7,"
    " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $1)";
static const char sql_save[] =
    "UPDATE company SET name = $3, kinds = $4, pinyin = $5, contact = $6,"
    " phone = $7, address = $8, bank = $9, account = $10, tax_no = $11,"
    " lead_days = $12, cycle_days = $13, min_total = $14, terms_days = $15,"
    " note = $16, courier_id = $17, customer_id = $18, active = $19,"
    " version = version + 1"
    " WHERE id = $1 AND version = $2";

#define COMPANY_ARGS(id, version, e, pinyin, l) \
	DB_ARGS(db_i(id), db_i(version), db_t((e)->name), db_i(bits_of(e)), \
	    db_t(pinyin), db_t((e)->contact), db_t((e)->phone), \
	    db_t((e)->address), db_t((e)->bank), db_t((e)->account), \
	    db_t((e)->tax_no), db_i((e)->lead_days), db_i((e)->cycle_days), \
	    db_i((e)->min_total), db_i((e)->terms_days), db_t((e)->note), \
	    db_id((l)->courier), db_id((l)->customer), db_i((e)->closed == 0))

/* A company's name is no surname. */
static void
initials(const char *name, char buf[NAME_ROOM])
{
	if (!pinyin_initials_plain(name, buf, NAME_ROOM))
		pinyin_initials(name, buf, NAME_ROOM);
}

int
company_insert(struct session *s, struct txn *txn, const struct company_edit *e,
    int64_t *id)
{
	char pinyin[NAME_ROOM];
	struct links l;
	int rc;

	if ((rc = check_name(s, txn, e, 0)) < 0 ||
	    (rc = link_up(s, txn, e, 0, &l)) < 0)
		return rc;
	initials(e->name, pinyin);
	return db_insert(
	    txn, sql_add, COMPANY_ARGS(time_now(), 0, e, pinyin, &l), id);
}

int
company_add(struct session *s, const struct company_edit *edit, int64_t *id)
{
	struct company_edit e = *edit;
	struct txn *txn;
	int64_t added;
	int rc;

	if ((rc = company_check_edit(s, &e)) < 0 ||
	    (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = company_insert(s, txn, &e, &added);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, added, "%s", e.name);
	op_abort(s, &txn);
	if (rc == 0)
		*id = added;
	return rc;
}

void
company_tell(struct str *words, const struct company_edit *was,
    const struct company_edit *is)
{
	tell_text(words, "name", was->name, is->name);
	tell_text(words, "supplier", was->supplier, is->supplier);
	tell_text(words, "carrier", was->carrier, is->carrier);
	tell_text(words, "buyer", was->buyer, is->buyer);
	tell_text(words, "contact", was->contact, is->contact);
	tell_text(words, "phone", was->phone, is->phone);
	tell_text(words, "address", was->address, is->address);
	tell_text(words, "bank", was->bank, is->bank);
	tell_text(words, "account", was->account, is->account);
	tell_text(words, "tax_no", was->tax_no, is->tax_no);
	tell_number(words, "lead_days", was->lead_days, is->lead_days);
	tell_number(words, "cycle_days", was->cycle_days, is->cycle_days);
	tell_money(words, "min_total", was->min_total, is->min_total);
	tell_number(words, "terms_days", was->terms_days, is->terms_days);
	tell_text(words, "courier", was->courier, is->courier);
	tell_text(words, "customer", was->customer, is->customer);
	tell_text(words, "note", was->note, is->note);
	tell_text(words, "active", variant_made[was->closed == 0],
	    variant_made[is->closed == 0]);
}

static int
save_apply(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct company_edit *e)
{
	char pinyin[NAME_ROOM];
	struct links l;
	int64_t changed;
	int rc;

	if ((rc = check_name(s, txn, e, id)) < 0 ||
	    (rc = link_up(s, txn, e, id, &l)) < 0)
		return rc;
	initials(e->name, pinyin);
	rc = db_exec(
	    txn, sql_save, COMPANY_ARGS(id, version, e, pinyin, &l), &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The company was changed by someone else meanwhile"));
	return rc;
}

static const char sql_version[] = "SELECT version FROM company WHERE id = $1";

int
company_update(struct session *s, struct txn *txn, int64_t id,
    const struct company_edit *e)
{
	int64_t version;
	int rc = db_fetch1(txn, sql_version, DB_ARGS(db_i(id)), &version);

	assert(e != NULL);
	return rc < 0 ? rc : save_apply(s, txn, id, version, e);
}

int
company_save(struct session *s, int64_t id, int64_t version,
    const struct company_edit *edit)
{
	struct company_edit e = *edit, was, is;
	struct str words = STR_INIT;
	struct txn *txn;
	int rc;

	if ((rc = company_check_edit(s, &e)) < 0 ||
	    (rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	if ((rc = company_edit_now(s, id, &was)) == 0 &&
	    (rc = save_apply(s, txn, id, version, &e)) == 0 &&
	    (rc = company_edit_now(s, id, &is)) == 0)
		company_tell(&words, &was, &is);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s", words.s);
	op_abort(s, &txn);
	str_done(&words);
	return rc;
}

static const char sql_state[] = "SELECT active FROM company WHERE id = $1";
static const char sql_active[] =
    "UPDATE company SET active = $2, version = version + 1 WHERE id = $1";

static int
turn(struct session *s, const struct op *op, int64_t id, bool active)
{
	struct company_edit e;
	struct txn *txn;
	int64_t was;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	if ((rc = company_edit_now(s, id, &e)) == 0)
		rc = db_fetch1(txn, sql_state, DB_ARGS(db_i(id)), &was);
	if (rc == 0 && (was != 0) == active)
		rc = err_set(&s->err, ERR_STATE, "",
		    active ? _("%s is not closed") : _("%s is closed already"),
		    e.name);
	if (rc == 0)
		rc = db_exec(
		    txn, sql_active, DB_ARGS(db_i(id), db_i(active)), NULL);
	if (rc == 0)
		rc = op_commit(s, op, &txn, id, "%s", e.name);
	op_abort(s, &txn);
	return rc;
}

int
company_close(struct session *s, int64_t id)
{
	return turn(s, &op_close, id, false);
}

int
company_reopen(struct session *s, int64_t id)
{
	return turn(s, &op_reopen, id, true);
}
