/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "screens_priv.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/contact.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* What is masked, for who needs it now; the log says who that was. */

bool
may_reveal(const struct screen *sc)
{
	const struct session *s = session_of(sc);

	return !contact_open(s) && session_may(s, PERM_CONTACT_REVEAL);
}

int
act_reveal(struct screen *sc, const char *kind, int64_t id)
{
	struct str text = STR_INIT, where = STR_INIT;
	const struct contact *who;
	struct page page = { 0 };
	int rc;

	rc = contact_reveal(session_of(sc), kind, id, &page);
	if (rc < 0)
		return rc;
	who = page_row(&page, 0);
	str_addf(&where, "%s %s %s %s", who->province, who->city, who->district,
	    who->address);
	show_facts(&text, (const char *const[]){ _("Nick"), who->nick,
			      _("Receiver"), who->name, _("Phone"), who->phone,
			      _("Address"), where.s, NULL });
	if (!contact_open(session_of(sc)))
		str_addf(
		    &text, "\n%s", _("That you have read this is recorded."));
	ui_tell(sc->ui, _("Contact"), text.s);
	str_done(&where);
	str_done(&text);
	page_free(&page);
	return 0;
}
