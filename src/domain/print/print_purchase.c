/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/session.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "print_priv.h"

/* The order as the supplier gets it. */

struct sheet {
	const struct purchase *p;
	struct page own, lines;
	const char *contact, *phone, *supplier_address; /* theirs */
	const char *address;                            /* the warehouse's */
};

static const struct paper_col cols[] = {
	{ .title = N_("Your code"), .width = 26 },
	{ .title = N_("Our code"), .width = 26 },
	{ .title = N_("Item") },
	{ .title = N_("Qty"), .width = 16, .align = PAPER_RIGHT },
	{ .title = N_("Price"), .width = 20, .align = PAPER_RIGHT },
	{ .title = N_("Amount"), .width = 24, .align = PAPER_RIGHT },
};

static void
head(struct printing *pr, const struct sheet *sh)
{
	const struct purchase *p = sh->p;
	struct paper *paper = pr->paper;
	char day[TIME_SIZE];

	paper_section(paper, NULL, p->purchase_no);
	paper_title(paper,
	    p->state == PURCHASE_DRAFT ? _("Purchase order (draft)")
				       : _("Purchase order"),
	    p->purchase_no);
	paper_facts(paper, 2);
	paper_fact(paper, _("Supplier"), p->company);
	paper_fact(paper, _("Purchaser"), session_shop_name(pr->s));
	paper_fact(paper, _("Contact"), sh->contact);
	paper_fact(paper, _("Ordered by"),
	    p->ordered_by[0] != '\0' ? p->ordered_by : p->staff);
	paper_fact(paper, _("Phone"), sh->phone);
	paper_fact(paper, _("Date"),
	    day_text(
		time_day(p->ordered_at != 0 ? p->ordered_at : p->at), day));
	if (p->expected_at != 0)
		paper_fact(paper, _("Delivery by"),
		    day_text(time_day(p->expected_at), day));
	paper_fact(paper, _("To warehouse"), p->warehouse);
	if (sh->supplier_address[0] != '\0')
		paper_fact_wide(
		    paper, _("Supplier's address"), sh->supplier_address);
	if (sh->address[0] != '\0')
		paper_fact_wide(paper, _("Deliver to"), sh->address);
	if (p->note[0] != '\0')
		paper_fact_wide(paper, _("Note"), p->note);
}

static void
amounts(struct printing *pr, const struct sheet *sh)
{
	const struct purchase *p = sh->p;
	char money[MONEY_SIZE];

	if (p->freight != 0) {
		paper_row(pr->paper, (const char *const[]){ "", "", _("Goods"),
					 "", "", money_show(p->total, money) });
		paper_row(
		    pr->paper, (const char *const[]){ "", "", _("Freight"), "",
				   "", money_show(p->freight, money) });
	}
	paper_total(
	    pr->paper, (const char *const[]){ _("In all"), "", "",
			   arena_printf(&pr->arena, "%" PRId64, p->pieces), "",
			   money_show(p->total + p->freight, money) });
}

static void
lines(struct printing *pr, const struct sheet *sh)
{
	char price[MONEY_SIZE], amount[MONEY_SIZE];
	size_t i;

	paper_table(pr->paper, cols, sizeof(cols) / sizeof(cols[0]));
	for (i = 0; i < sh->lines.n; i++) {
		const struct purchase_line *l = page_row(&sh->lines, i);

		if (l->qty == 0)
			continue;
		paper_row(pr->paper,
		    (const char *const[]){ l->code, l->sku_code, l->name,
			arena_printf(&pr->arena, "%" PRId64 "%s%s", l->qty,
			    l->unit[0] != '\0' ? " " : "", l->unit),
			money_show(l->price, price),
			money_show(l->amount, amount) });
	}
	amounts(pr, sh);
	paper_table_end(pr->paper);
	paper_blanks(pr->paper,
	    (const char *const[]){ _("Supplier's signature"), _("Date") }, 2);
}

static const char sql_both[] =
    "SELECT c.contact, c.phone, c.address, w.address FROM purchase p"
    " JOIN company c ON c.id = p.company_id"
    " JOIN warehouse w ON w.id = p.warehouse_id WHERE p.id = $1";

static int
read_sheet(struct session *s, int64_t id, struct sheet *sh)
{
	struct arena *a = &sh->own.arena;
	struct db_rows *rows;
	int rc;

	if ((rc = purchase_get(s, id, &sh->own)) < 0 ||
	    (rc = purchase_lines(s, id, &sh->lines)) < 0 ||
	    (rc = db_query(s->db, sql_both, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	sh->p = page_row(&sh->own, 0);
	if ((rc = db_next(rows)) > 0) {
		sh->contact = row_text(rows, 0, a);
		sh->phone = row_text(rows, 1, a);
		sh->supplier_address = row_text(rows, 2, a);
		sh->address = row_text(rows, 3, a);
		rc = 0;
	}
	db_done(rows);
	if (rc == 0 && sh->p->state == PURCHASE_CANCELLED)
		rc = err_set(&s->err, ERR_STATE, "", _("%s is cancelled"),
		    sh->p->purchase_no);
	return rc;
}

int
print_purchase(struct session *s, int64_t id, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct sheet sh = { .contact = "",
		.phone = "",
		.supplier_address = "",
		.address = "" };
	const char *title = _("Purchase order");
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_PURCHASE_ORDER)) == 0 &&
	    (rc = session_need(s, PERM_COST_VIEW)) == 0 &&
	    (rc = read_sheet(s, id, &sh)) == 0)
		rc = printing_begin(&pr, "purchase", title, &paper_a4);
	if (rc == 0) {
		head(&pr, &sh);
		lines(&pr, &sh);
		rc = printing_end(&pr, title);
	}
	printing_close(&pr);
	page_free(&sh.own);
	page_free(&sh.lines);
	said->printed = rc == 0;
	return rc;
}
