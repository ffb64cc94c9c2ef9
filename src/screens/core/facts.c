/* SPDX-License-Identifier: MIT */
#include "screens_priv.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/tui/ui.h"
#include "show.h"

/* Labels and values as a text, for dialogs that tell. */

void
show_facts(struct str *out, const char *const *pairs)
{
	int w = 0, n;
	size_t i;

	for (i = 0; pairs[i] != NULL; i += 2)
		if (pairs[i + 1][0] != '\0' && text_width(pairs[i]) > w)
			w = text_width(pairs[i]);
	for (i = 0; pairs[i] != NULL; i += 2) {
		if (pairs[i + 1][0] == '\0')
			continue;
		str_add(out, pairs[i]);
		for (n = text_width(pairs[i]); n < w + 2; n++)
			str_addc(out, ' ');
		str_addf(out, "%s\n", pairs[i + 1]);
	}
}

void
tell_entry(struct screen *sc, const struct audit_row *entry, const char *record)
{
	struct str text = STR_INIT, detail = STR_INIT;
	char when[64];

	audit_detail_text(entry, &detail);
	show_facts(&text,
	    (const char *const[]){ _("When"),
		show_moment(when, sizeof(when), entry->at), _("Who"),
		entry->staff[0] != '\0' ? entry->staff : _("the program"),
		_("Approver"), entry->approved, _("Record"), record,
		_("Detail"), detail.len > 0 ? detail.s : "", NULL });
	ui_tell(sc->ui, audit_op_text(entry->op), text.s);
	str_done(&detail);
	str_done(&text);
}
