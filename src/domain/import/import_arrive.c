/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/tracking.h"

#include "import_priv.h"

/*
 * Kept rows go on to the departments that work with them, as far as whoever
 * imports may do that; else whoever looks at their lists does it. What needs
 * somebody's word is told. The import stands, whatever becomes of it.
 */

static void
to_statements(struct job *j)
{
	struct statement_taken n;

	if (!session_may(j->s, PERM_PAYMENT_CHECK))
		return;
	if (statement_take(j->s, &n) < 0)
		warn(j, "%s", j->s->err.text);
	if (n.lines > 0)
		warn(j,
		    _("Statements: %lld new lines, %lld of them matched with "
		      "orders"),
		    (long long)n.lines, (long long)n.matched);
	if (n.late > 0)
		warn(j,
		    ngettext("%lld earlier line has found its order",
			"%lld earlier lines have found their orders",
			(unsigned long)n.late),
		    (long long)n.late);
}

static void
to_parcels(struct job *j)
{
	struct track_taken n;

	if (!session_may(j->s, PERM_TRACK_EDIT))
		return;
	if (track_take(j->s, &n) < 0)
		warn(j, "%s", j->s->err.text);
	else if (n.events + n.unknown > 0)
		warn(j,
		    _("%lld events of %lld parcels; %lld rows of parcels that "
		      "were not packed here"),
		    (long long)n.events, (long long)n.parcels,
		    (long long)n.unknown);
}

void
import_arrive(struct session *s, struct import *im)
{
	struct job j = { .s = s, .im = im };
	bool any = strcmp(im->kind, "staged") == 0;

	if (im->sum.batch == 0)
		return;
	/* Money may have come before its orders did. */
	if (strcmp(im->kind, "orders") == 0 && im->sum.new_n > 0)
		to_statements(&j);
	if (im->sum.staged == 0)
		return;
	if (any || strcmp(im->kind, "payments") == 0)
		to_statements(&j);
	if (any || strcmp(im->kind, "tracking") == 0)
		to_parcels(&j);
	if (strcmp(im->kind, "freight-templates") == 0)
		warn(&j, "%s",
		    _("Prices of couriers count once they are taken: on the "
		      "screen \"Freight templates\", or by freight import"));
	if (strcmp(im->kind, "freight-bill") == 0)
		warn(&j, "%s",
		    _("A bill is compared with our parcels once it is made: on "
		      "the screen \"Couriers' bills\", or by freight bill"));
	s->err = (struct err){ .text = "" };
}
