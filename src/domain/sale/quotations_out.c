/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../print/print_priv.h"
#include "../review/review_priv.h"
#include "quotations_priv.h"

/* What quotations came to, and as they are told to buyers. */

static const struct op op_print = { "quote-print", PERM_ORDER_ADD,
	"quotation" };

#define STAFF 1000

static void
take_figures(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct quotation_figures *f = out;

	f->id = db_int(rows, 0);
	f->name = row_text(rows, 1, arena);
	f->asked = db_int(rows, 2);
	f->quoted = db_int(rows, 3);
	f->ordered = db_int(rows, 4);
	f->lost = db_int(rows, 5);
	f->amount = db_int(rows, 6);
}

/* By its index a period is looked through; then the few rows there are. */
int
quotation_figures(
    struct session *s, int64_t since, int64_t until, struct page *out)
{
	struct query q =
	    QUERY("SELECT q.staff_id, st.name, count(*),"
		  " sum(CASE WHEN q.quoted_at > 0 THEN 1 ELSE 0 END),"
		  " sum(CASE WHEN q.state = 2 THEN 1 ELSE 0 END),"
		  " sum(CASE WHEN q.state = 3 THEN 1 ELSE 0 END),"
		  " CAST(sum(CASE WHEN q.state = 2 THEN q.total ELSE 0 END)"
		  " AS BIGINT) FROM quotation q"
		  " LEFT JOIN staff st ON st.id = q.staff_id WHERE 1 = 1");
	struct quotation_figures all = { .name = "" };
	const struct quotation_figures *f;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "q.at >=", db_i(since));
	query_and(&q, "q.at <", db_i(until != 0 ? until : INT64_MAX));
	query_lit(&q, " GROUP BY q.staff_id, st.name ORDER BY q.staff_id"
		      " /*scan*/ /*sort*/");
	rc = query_fetch(s->db, &q, PAGE_FIRST,
	    sizeof(struct quotation_figures), STAFF, take_figures, out);
	for (i = 0; rc == 0 && i < out->n; i++) {
		f = page_row(out, i);
		all.asked += f->asked;
		all.quoted += f->quoted;
		all.ordered += f->ordered;
		all.lost += f->lost;
		all.amount += f->amount;
	}
	if (rc == 0)
		*(struct quotation_figures *)page_add(out) = all;
	return rc;
}

static const char sql_first[] =
    "SELECT id FROM text_template WHERE kind = 'quote' AND active = 1"
    " ORDER BY id LIMIT 1 /*scan*/ /*sort*/";

static int
template_of(struct session *s, int64_t *id)
{
	int rc = 0;

	if (*id == 0)
		rc = db_get1(s->db, sql_first, DB_NOARGS, id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no text for quotations: write one, of the "
		      "kind quote"));
	return rc;
}

/* "Pan × 2 (118.00); Spoon × 1 (9.00)" */
static int
say_goods(struct session *s, int64_t id, struct str *out)
{
	const struct quotation_line *l;
	char amount[MONEY_SIZE];
	struct page lines;
	size_t i;
	int rc = quotation_lines(s, id, &lines);

	if (rc < 0)
		return rc;
	for (i = 0; i < lines.n; i++) {
		l = page_row(&lines, i);
		str_addf(out, "%s%s×%" PRId64 " (%s)", i > 0 ? "; " : "",
		    l->name, l->qty, money_plain(l->amount, amount));
	}
	page_free(&lines);
	return 0;
}

int
quotation_text(
    struct session *s, int64_t id, int64_t template_id, char out[TEXT_SIZE])
{
	char amount[MONEY_SIZE], postage[MONEY_SIZE], day[TIME_SIZE];
	struct str goods = STR_INIT;
	const struct quotation *q;
	struct page page;
	int64_t until;
	int rc;

	if ((rc = quotation_get(s, id, &page)) < 0)
		return rc;
	q = page_row(&page, 0);
	until = q->valid_until;
	if ((rc = template_of(s, &template_id)) == 0 &&
	    (until != 0 || (rc = quotation_valid(s, 0, &until)) == 0) &&
	    (rc = say_goods(s, id, &goods)) == 0)
		rc = text_put(s, template_id, "quote",
		    (const char *const[]){
			q->nick[0] != '\0' ? q->nick : q->name, q->quote_no,
			money_plain(q->total, amount), goods.s,
			money_plain(q->postage, postage),
			day_text(time_day(until), day) },
		    out);
	str_done(&goods);
	page_free(&page);
	return rc;
}

static const struct paper_col cols[] = {
	{ .title = N_("SKU"), .width = 34 },
	{ .title = N_("Item") },
	{ .title = N_("Qty"), .width = 16, .align = PAPER_RIGHT },
	{ .title = N_("Price"), .width = 24, .align = PAPER_RIGHT },
	{ .title = N_("Amount"), .width = 26, .align = PAPER_RIGHT },
};

static void
head(struct printing *pr, const struct quotation *q)
{
	char when[TIME_SIZE], day[TIME_SIZE];
	struct paper *p = pr->paper;

	paper_section(p, NULL, q->quote_no);
	paper_title(p, _("Quotation"), q->quote_no);
	if (q->expired)
		paper_heading(p, _("This quotation has run out."));
	paper_facts(p, 2);
	paper_fact(p, _("Buyer"), q->nick[0] != '\0' ? q->nick : q->name);
	paper_fact(p, _("Shop"), q->shop);
	paper_fact(p, _("Issued at"),
	    time_full(q->quoted_at != 0 ? q->quoted_at : q->at, when));
	paper_fact(p, _("Issued by"), q->staff);
	paper_fact(p, _("Valid until"),
	    q->valid_until != 0 ? day_text(time_day(q->valid_until), day) : "");
	paper_fact(p, _("Phone"), q->phone);
	paper_fact_wide(p, _("Address"),
	    arena_printf(&pr->arena, "%s%s%s%s", q->province, q->city,
		q->district, q->address));
}

static void
lines(struct printing *pr, const struct quotation *q, const struct page *all)
{
	char price[MONEY_SIZE], amount[MONEY_SIZE];
	const struct quotation_line *l;
	struct paper *p = pr->paper;
	int64_t pieces = 0;
	size_t i;

	paper_table(p, cols, sizeof(cols) / sizeof(cols[0]));
	for (i = 0; i < all->n; i++) {
		l = page_row(all, i);
		pieces += l->qty;
		paper_row(p, (const char *const[]){ l->sku_code,
				 arena_printf(&pr->arena, "%s%s%s", l->name,
				     l->note[0] != '\0' ? "  " : "", l->note),
				 arena_printf(&pr->arena, "%" PRId64, l->qty),
				 money_show(l->price, price),
				 money_show(l->amount, amount) });
	}
	if (q->postage != 0)
		paper_row(p, (const char *const[]){ "", _("Postage"), "", "",
				 money_show(q->postage, amount) });
	paper_total(p, (const char *const[]){ _("In all"), "",
			   arena_printf(&pr->arena, "%" PRId64, pieces), "",
			   money_show(q->total, amount) });
	paper_table_end(p);
}

/* It may have an address on it: before it leaves, the log says who took it. */
static int
mark_printed(struct session *s, const struct quotation *q)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_print, &txn)) < 0)
		return rc;
	rc = op_commit(s, &op_print, &txn, q->id, "%s", q->quote_no);
	op_abort(s, &txn);
	return rc;
}

int
print_quotation(struct session *s, int64_t id, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct page page = { 0 }, all = { 0 };
	const struct quotation *q;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_ORDER_ADD)) < 0 ||
	    (rc = quotation_get(s, id, &page)) < 0)
		return rc;
	q = page_row(&page, 0);
	rc = quotation_lines(s, id, &all);
	if (rc == 0)
		rc =
		    printing_begin(&pr, "quotation", _("Quotation"), &paper_a4);
	if (rc == 0) {
		head(&pr, q);
		lines(&pr, q, &all);
		rc = mark_printed(s, q);
	}
	if (rc == 0)
		rc = printing_end(&pr, _("Quotation"));
	printing_close(&pr);
	page_free(&all);
	page_free(&page);
	said->printed = rc == 0;
	return rc;
}
