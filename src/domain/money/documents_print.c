/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/documents.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../print/print_priv.h"

/* Delivery notices and invoices on paper, as they were issued. */

static const struct op op_print = { "document-print", PERM_DOCUMENT_ISSUE,
	"document" };

static const struct paper_col delivery_cols[] = {
	{ .title = N_("SKU"), .width = 34 },
	{ .title = N_("Item") },
	{ .title = N_("Qty"), .width = 16, .align = PAPER_RIGHT },
};
static const struct paper_col invoice_cols[] = {
	{ .title = N_("SKU"), .width = 34 },
	{ .title = N_("Item") },
	{ .title = N_("Qty"), .width = 16, .align = PAPER_RIGHT },
	{ .title = N_("Price"), .width = 24, .align = PAPER_RIGHT },
	{ .title = N_("Amount"), .width = 26, .align = PAPER_RIGHT },
};

static const struct {
	const char *name, *label;
} facts[] = {
	{ "order_no", N_("Order number") },
	{ "shop", N_("Shop") },
	{ "nick", N_("Buyer") },
	{ "receiver", N_("Receiver") },
	{ "phone", N_("Phone") },
	{ "waybill", N_("Waybill no.") },
	{ "address", N_("Address") },
};

/* The paper under way: its row, and its body cut into cells. */
struct sheet {
	const struct document *d;
	char *body;
	bool invoice;
	int64_t pieces;
	const char *rest;
};

/* The text behind @name and a tab on a line of its own; "". */
static const char *
line_of(struct arena *arena, const char *body, const char *name)
{
	size_t len = strlen(name);
	const char *p = body, *end;

	while (*p != '\0') {
		end = strchrnul(p, '\n');
		if (strncmp(p, name, len) == 0 && p[len] == '\t')
			return arena_strndup(
			    arena, p + len + 1, (size_t)(end - p) - len - 1);
		p = *end == '\n' ? end + 1 : end;
	}
	return "";
}

/* As who prints may see it. */
static const char *
fact_of(struct printing *pr, const char *body, const char *name)
{
	struct arena *a = &pr->arena;
	const char *text = line_of(a, body, name);

	if (contact_open(pr->s))
		return text;
	if (strcmp(name, "receiver") == 0)
		return mask_name(a, text);
	if (strcmp(name, "phone") == 0)
		return mask_phone(a, text);
	if (strcmp(name, "nick") == 0)
		return mask_nick(a, text, line_of(a, body, "receiver"));
	return strcmp(name, "address") == 0 ? mask_address(text) : text;
}

static void
head(struct printing *pr, const struct sheet *sh)
{
	const struct document *d = sh->d;
	struct paper *p = pr->paper;
	char when[TIME_SIZE];
	const char *text;
	size_t i;

	paper_section(p, NULL, d->doc_no);
	paper_title(p, sh->invoice ? _("Sales invoice") : _("Delivery notice"),
	    d->doc_no);
	if (d->cancelled_at != 0)
		paper_heading(
		    p, arena_printf(&pr->arena, _("CANCELLED %s: %s"),
			   time_full(d->cancelled_at, when), d->reason));
	paper_facts(p, 2);
	paper_fact(p, _("Issued at"), time_full(d->at, when));
	paper_fact(p, _("Issued by"), d->staff);
	if (sh->invoice) {
		paper_fact(p, _("Made out to"),
		    d->title[0] != '\0' ? d->title : _("an individual"));
		paper_fact(p, _("Tax number"), d->tax_no);
	}
	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		text = fact_of(pr, sh->body, facts[i].name);
		if (strcmp(facts[i].name, "address") == 0)
			paper_fact_wide(p, _(facts[i].label), text);
		else
			paper_fact(p, _(facts[i].label), text);
	}
}

#define CELLS 6 /* sku, name, attrs, qty, price, amount */

static void
row(struct printing *pr, struct sheet *sh, char *line)
{
	const char *c[CELLS] = { "", "", "", "", "", "" };
	char *at = line;
	int64_t qty;
	size_t i;

	for (i = 0; i < CELLS && (at = strchr(at, '\t')) != NULL; i++) {
		*at++ = '\0';
		c[i] = at;
	}
	if (count_parse(c[3], &qty) == 0)
		sh->pieces += qty;
	paper_row(pr->paper, (const char *const[]){ c[0],
				 arena_printf(&pr->arena, "%s%s%s", c[1],
				     c[2][0] != '\0' ? "  " : "", c[2]),
				 c[3], c[4], c[5] });
}

static void
lines(struct printing *pr, struct sheet *sh)
{
	struct paper *p = pr->paper;
	char total[MONEY_SIZE], *line, *save = NULL;

	sh->rest = fact_of(pr, sh->body, "rest");
	if (sh->invoice)
		paper_table(p, invoice_cols,
		    sizeof(invoice_cols) / sizeof(invoice_cols[0]));
	else
		paper_table(p, delivery_cols,
		    sizeof(delivery_cols) / sizeof(delivery_cols[0]));
	for (line = strtok_r(sh->body, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		if (line[0] == '*' && line[1] == '\t')
			row(pr, sh, line);
	if (sh->invoice && sh->rest[0] != '\0')
		paper_row(p,
		    (const char *const[]){ "", _("Postage, discounts, refunds"),
			"", "", sh->rest });
	paper_total(p, (const char *const[]){ _("In all"), "",
			   arena_printf(&pr->arena, "%" PRId64, sh->pieces), "",
			   money_show(sh->d->total, total) });
	paper_table_end(p);
	if (!sh->invoice)
		paper_blanks(p,
		    (const char *const[]){
			_("Receiver's signature"), _("Date") },
		    2);
}

static const char sql_body[] = "SELECT body FROM document WHERE id = $1";

static int
read_body(struct session *s, int64_t id, struct arena *arena, char **out)
{
	struct db_rows *rows;
	int rc;

	*out = arena_strndup(arena, "", 0);
	if ((rc = db_query(s->db, sql_body, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		*out = arena_strndup(arena, db_text(rows, 0), db_len(rows, 0));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* It has an address on it: before it leaves, the log says who took it. */
static int
mark_printed(struct session *s, const struct document *d)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_print, &txn)) < 0)
		return rc;
	rc = op_commit(s, &op_print, &txn, d->id, "%s", d->doc_no);
	op_abort(s, &txn);
	return rc;
}

int
print_document(struct session *s, int64_t id, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct sheet sh = { .rest = "" };
	struct page page = { 0 };
	const char *title;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_DOCUMENT_ISSUE)) < 0 ||
	    (rc = document_get(s, id, &page)) < 0)
		return rc;
	sh.d = page_row(&page, 0);
	sh.invoice = strcmp(sh.d->kind, "invoice") == 0;
	title = sh.invoice ? _("Sales invoice") : _("Delivery notice");
	rc = read_body(s, id, &page.arena, &sh.body);
	if (rc == 0)
		rc = printing_begin(
		    &pr, sh.invoice ? "invoice" : "delivery", title, &paper_a4);
	if (rc == 0) {
		head(&pr, &sh);
		lines(&pr, &sh);
		rc = mark_printed(s, sh.d);
	}
	if (rc == 0)
		rc = printing_end(&pr, title);
	printing_close(&pr);
	page_free(&page);
	said->printed = rc == 0;
	return rc;
}
