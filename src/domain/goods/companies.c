/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "companies_priv.h"

/* Companies, read. There are some hundreds of them. */

#define SELECT \
	"SELECT c.id, c.version, c.kinds, c.name, c.pinyin, c.contact," \
	" c.phone, c.address, c.bank, c.account, c.tax_no, c.note," \
	" c.lead_days, c.cycle_days, c.min_total, c.terms_days," \
	" c.courier_id, c.customer_id, k.name, u.nick, u.name, c.active," \
	" c.created_at, (SELECT count(*) FROM supplier_item i" \
	" WHERE i.company_id = c.id) FROM company c" \
	" LEFT JOIN courier k ON k.id = c.courier_id" \
	" LEFT JOIN customer u ON u.id = c.customer_id"

static const char *
kinds_text(int64_t bits)
{
	static const char *const texts[] = { "", "supplier", "courier",
		"supplier courier", "customer", "supplier customer",
		"courier customer", "supplier courier customer" };

	return texts[bits & 7];
}

const char *
company_kind_text(const char *word)
{
	static const char *const words[][2] = {
		{ "supplier", N_("supplier") },
		{ "courier", N_("courier company") },
		{ "customer", N_("business customer") },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], word) == 0)
			return _(words[i][1]);
	return word;
}

static void
take_company(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct company *c = out;
	const char **const texts[] = { &c->name, &c->pinyin, &c->contact,
		&c->phone, &c->address, &c->bank, &c->account, &c->tax_no,
		&c->note };
	int64_t *const numbers[] = { &c->lead_days, &c->cycle_days,
		&c->min_total, &c->terms_days, &c->courier_id,
		&c->customer_id };
	int i, col = 0;

	c->id = db_int(rows, col++);
	c->version = db_int(rows, col++);
	c->kind_bits = db_int(rows, col++);
	c->kinds = kinds_text(c->kind_bits);
	for (i = 0; i < 9; i++)
		*texts[i] = row_text(rows, col++, arena);
	for (i = 0; i < 6; i++)
		*numbers[i] = db_int(rows, col++);
	c->courier = row_text(rows, col++, arena);
	c->customer = row_text(rows, col++, arena);
	if (c->customer[0] == '\0')
		c->customer = row_text(rows, col, arena);
	col++;
	c->active = db_int(rows, col++);
	c->created_at = db_int(rows, col++);
	c->items = db_int(rows, col++);
}

/* Who may see no customers, or not what they are called. */
static void
hide_customers(const struct session *s, struct page *page)
{
	struct company *c = page->rows;
	size_t i;

	for (i = 0; i < page->n; i++)
		if (!session_may(s, PERM_CUSTOMER_VIEW))
			c[i].customer = "";
		else if (!session_may(s, PERM_CONTACT_VIEW))
			c[i].customer = mask_nick(
			    &page->arena, c[i].customer, c[i].customer);
}

/* "%text%", with what LIKE would take for a sign of its own escaped. */
static void
pattern_of(struct str *out, const char *text)
{
	str_addc(out, '%');
	for (; *text != '\0'; text++) {
		if (*text == '%' || *text == '_' || *text == '\\')
			str_addc(out, '\\');
		str_addc(out, *text);
	}
	str_addc(out, '%');
}

static void
add_filter(struct query *q, const struct company_filter *f, const char *pattern)
{
	if (f->open_only)
		query_lit(q, " AND c.active = 1");
	if (f->kinds != 0) {
		query_and(q, "(c.kinds &", db_i(f->kinds));
		query_lit(q, ") <> 0");
	}
	if (pattern[0] == '\0')
		return;
	query_and(q, "(c.name LIKE", db_t(pattern));
	query_lit(q, " ESCAPE '\\' OR c.pinyin LIKE ");
	query_add_val(q, db_t(pattern));
	query_lit(q, " ESCAPE '\\' OR c.contact LIKE ");
	query_add_val(q, db_t(pattern));
	query_lit(q, " ESCAPE '\\' OR c.phone LIKE ");
	query_add_val(q, db_t(pattern));
	query_lit(q, " ESCAPE '\\')");
}

int
company_page(struct session *s, const struct company_filter *filter,
    enum page_dir dir, const struct company *from, size_t limit,
    struct page *out)
{
	static const struct company_filter all;
	const struct company_filter *f = filter != NULL ? filter : &all;
	struct query q = QUERY(SELECT " WHERE 1 = 1 /*scan*/");
	const struct query_key keys[] = {
		{ "c.name", db_t(from != NULL ? from->name : "") },
	};
	struct str pattern = STR_INIT;
	int rc;

	if ((rc = session_need(s, PERM_COMPANY_VIEW)) < 0)
		return rc;
	if (f->text != NULL && f->text[0] != '\0')
		pattern_of(&pattern, f->text);
	add_filter(&q, f, pattern.s);
	query_page(&q, keys, 1, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct company), limit, take_company, out);
	str_done(&pattern);
	if (rc == 0)
		hide_customers(s, out);
	return rc;
}

/* One, whoever asks. */
static int
get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");
	int rc;

	query_and(&q, "c.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct company), 1,
	    take_company, out);
	return page_one(s, rc, out, "", _("There is no such company"));
}

int
company_get(struct session *s, int64_t id, struct page *out)
{
	int rc;

	if ((rc = session_need(s, PERM_COMPANY_VIEW)) < 0 ||
	    (rc = get(s, id, out)) < 0)
		return rc;
	hide_customers(s, out);
	return 0;
}

static const char sql_by_name[] = "SELECT id FROM company WHERE name = $1";
static const char sql_by_pinyin[] =
    "SELECT min(id), count(*) FROM company WHERE pinyin = $1"
    " AND pinyin <> '' /*scan*/";

/* The initials find it when they are those of no other. */
static int
by_pinyin(struct session *s, const char *typed, int64_t *id)
{
	struct db_rows *rows;
	char lower[NAME_ROOM];
	size_t i;
	int rc;

	for (i = 0; i == 0 || typed[i - 1] != '\0'; i++)
		lower[i] = (char)tolower((unsigned char)typed[i]);
	rc = db_query(s->db, sql_by_pinyin, DB_ARGS(db_t(lower)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0 && db_int(rows, 1) == 1)
		*id = db_int(rows, 0);
	else if (rc >= 0)
		rc = ERR_NOTFOUND;
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
company_by_name(struct session *s, const char *name, int64_t *id)
{
	char typed[NAME_ROOM];
	int rc;

	if ((rc = session_need(s, PERM_COMPANY_VIEW)) < 0)
		return rc;
	rc = ERR_NOTFOUND;
	if (trim_text(typed, sizeof(typed), name) && typed[0] != '\0') {
		rc = db_get1(s->db, sql_by_name, DB_ARGS(db_t(typed)), id);
		if (rc == ERR_NOTFOUND)
			rc = by_pinyin(s, typed, id);
	}
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "company",
		    _("There is no company %.80s"), name);
	return rc;
}

static void
say(char *to, size_t size, bool yes)
{
	copy_text(to, size, variant_made[yes]);
}

void
company_edit_from(struct company_edit *e, const struct company *c)
{
	const struct {
		char *to;
		size_t size;
		const char *text;
	} texts[] = {
		{ e->name, sizeof(e->name), c->name },
		{ e->contact, sizeof(e->contact), c->contact },
		{ e->phone, sizeof(e->phone), c->phone },
		{ e->address, sizeof(e->address), c->address },
		{ e->bank, sizeof(e->bank), c->bank },
		{ e->account, sizeof(e->account), c->account },
		{ e->tax_no, sizeof(e->tax_no), c->tax_no },
		{ e->courier, sizeof(e->courier), c->courier },
		{ e->customer, sizeof(e->customer), c->customer },
		{ e->note, sizeof(e->note), c->note },
	};
	size_t i;

	*e = (struct company_edit){ .lead_days = c->lead_days,
		.cycle_days = c->cycle_days,
		.min_total = c->min_total,
		.terms_days = c->terms_days,
		.closed = c->active == 0 };
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		copy_text(texts[i].to, texts[i].size, texts[i].text);
	say(e->supplier, sizeof(e->supplier),
	    (c->kind_bits & COMPANY_SUPPLIER) != 0);
	say(e->carrier, sizeof(e->carrier),
	    (c->kind_bits & COMPANY_COURIER) != 0);
	say(e->buyer, sizeof(e->buyer), (c->kind_bits & COMPANY_CUSTOMER) != 0);
}

int
company_edit_now(struct session *s, int64_t id, struct company_edit *e)
{
	struct page page;
	int rc;

	if ((rc = get(s, id, &page)) < 0)
		return rc;
	company_edit_from(e, page_row(&page, 0));
	page_free(&page);
	return 0;
}

static const char sql_usable[] =
    "SELECT name, active, kinds FROM company WHERE id = $1";

int
company_usable(struct session *s, struct txn *txn, int64_t id, unsigned kind)
{
	struct db_rows *rows;
	int rc = db_query(txn_db(txn), sql_usable, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) == 0)
		rc = err_set(&s->err, ERR_NOTFOUND, "company",
		    _("There is no such company"));
	else if (rc > 0 && db_int(rows, 1) == 0)
		rc = err_set(&s->err, ERR_STATE, "company", _("%s is closed"),
		    db_text(rows, 0));
	else if (rc > 0 && (db_int(rows, 2) & kind) == 0)
		rc = err_set(&s->err, ERR_STATE, "company",
		    kind == COMPANY_SUPPLIER  ? _("%s is no supplier")
		    : kind == COMPANY_COURIER ? _("%s is no courier company")
					      : _("%s is no business customer"),
		    db_text(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}
