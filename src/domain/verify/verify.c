/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"

#include "verify_priv.h"

/* Findings of one kind beyond this many are only counted. */
#define SHOWN 20

void
verify_bad(struct verify *v, const char *text)
{
	if (v->found++ < SHOWN)
		v->tell(v->arg, true, text);
	v->bad++;
}

void
verify_badf(struct verify *v, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	verify_bad(v, text);
}

static void
begin_check(struct verify *v)
{
	v->found = 0;
}

static void
end_check(struct verify *v, const char *title)
{
	char more[200];

	if (v->found > SHOWN) {
		snprintf(more, sizeof(more),
		    ngettext("%d more finding of this kind",
			"%d more findings of this kind",
			(unsigned long)(v->found - SHOWN)),
		    v->found - SHOWN);
		v->tell(v->arg, true, more);
	}
	if (v->found == 0)
		v->tell(v->arg, false, title);
}

static const struct verify_rule rules[] = {
	{ N_("Held orders are paid, and have an open reason"),
	    N_("Order {1} is held, but has no open reason to be"),
	    "SELECT order_no FROM orders WHERE held <> 0 AND (state NOT IN "
	    "(2, 3) OR NOT EXISTS (SELECT 1 FROM order_hold WHERE order_id = "
	    "orders.id AND cleared_at = 0)) /*scan*/" },
	{ N_("Orders with an open reason are held"),
	    N_("Order {1} is not held, but the reason \"{2}\" is open"),
	    "SELECT order_no, reason FROM order_hold JOIN orders ON orders.id "
	    "= order_id WHERE cleared_at = 0 AND state IN (2, 3) AND held = 0 "
	    "/*scan*/" },
	{ N_("Rows kept for later are as many as counted"),
	    N_("Of {1}, {2} rows are counted and {3} are there"),
	    "SELECT kind, sum(n), sum(have) FROM (SELECT kind, n, 0 AS have "
	    "FROM staged_count UNION ALL SELECT kind, 0, count(*) FROM staged "
	    "GROUP BY kind) AS counts GROUP BY kind "
	    "HAVING sum(n) <> sum(have) /*scan*/ /*sort*/" },
	{ N_("Imports that are finished have nothing written down any more"),
	    N_("Import {1} is finished, but {2} entries of its plan are left"),
	    "SELECT j.batch_id, count(*) FROM import_journal j "
	    "JOIN import_batch b ON b.id = j.batch_id WHERE b.state > 1 "
	    "GROUP BY j.batch_id /*scan*/ /*sort*/" },
	{ N_("Each customer is known once"),
	    N_("{1} is the identity of customers {2} and {3}"),
	    "SELECT a.identity, b.id, a.id FROM customer a JOIN customer b "
	    "ON b.filed = 1 AND b.identity = a.identity WHERE a.filed = 0 "
	    "/*scan*/" },
	{ N_("Imports that were taken back have left nothing"),
	    N_("Import {1} was taken back, but {2} is still noted of it"),
	    "SELECT b.id, m.kind FROM import_batch b JOIN import_made m "
	    "ON m.batch_id = b.id WHERE b.state = 4 /*scan*/" },
	{ NULL, NULL, NULL },
};

static const struct verify_rule *const tables[] = { rules, verify_ship_rules,
	verify_stock_rules, verify_wave_rules, verify_review_rules,
	verify_purchase_rules, verify_receipt_rules, verify_count_rules,
	verify_freight_rules, verify_made_rules, verify_money_rules,
	verify_sale_rules, verify_kit_rules };

/* @finding with the row's columns for {1}, {2}, ... */
static void
fill(struct str *out, const char *finding, const struct db_rows *rows)
{
	const char *p, *text;

	str_cut(out, 0);
	for (p = finding; *p != '\0'; p++) {
		if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}') {
			text = db_text(rows, p[1] - '1');
			str_add(out, text != NULL ? text : "?");
			p += 2;
		} else {
			str_addc(out, *p);
		}
	}
}

static int
check_rule(struct verify *v, const struct verify_rule *rule)
{
	struct str text = STR_INIT;
	struct db_rows *rows;
	int rc;

	begin_check(v);
	if ((rc = db_query(v->s->db, rule->sql, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1) {
		fill(&text, _(rule->finding), rows);
		verify_bad(v, text.s);
	}
	db_done(rows);
	str_done(&text);
	if (rc == 0)
		end_check(v, _(rule->title));
	return rc;
}

static int
check_file(struct verify *v)
{
	int rc;

	begin_check(v);
	rc = db_integrity(v->s->db);
	if (rc == ERR_DB) {
		verify_bad(v, v->s->err.text);
		rc = 0;
	}
	if (rc == 0)
		end_check(v, _("The file is sound, and so are its references"));
	return rc;
}

static int
check_books(struct verify *v)
{
	static const struct {
		const char *title;
		int (*check)(struct verify *v);
	} books[] = {
		{ N_("The stock is the sum of its moves"), verify_stock },
		{ N_("Each day's sales and receipts are those of its moves"),
		    verify_stock_days },
		{ N_("The kept figures agree with the orders"),
		    verify_figures },
		{ N_("The audit log is whole: nothing in it was altered, "
		     "removed or put in"),
		    verify_log },
	};
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(books) / sizeof(books[0]); i++) {
		begin_check(v);
		if ((rc = books[i].check(v)) == 0)
			end_check(v, _(books[i].title));
	}
	return rc;
}

int
shopdb_verify(struct session *s,
    void (*tell)(void *arg, bool bad, const char *text), void *arg)
{
	struct verify v = { .s = s, .tell = tell, .arg = arg };
	const struct verify_rule *rule;
	size_t i;
	int rc;

	/* One state of the database, while others go on working. */
	if ((rc = db_snapshot(s->db)) < 0)
		return rc;
	rc = check_books(&v);
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (rule = tables[i]; rc == 0 && rule->title != NULL; rule++)
			rc = check_rule(&v, rule);
	if (rc == 0)
		rc = check_file(&v);
	db_snapshot_end(s->db);
	return rc < 0 ? rc : v.bad;
}
