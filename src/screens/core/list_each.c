/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One thing after the other, to all that are selected. */

#define TOLD_MAX 200 /* of those that were refused */

struct result {
	size_t done, refused, left;
	struct str told;
};

/* Not this record's own fault: the next would fare no better. */
static bool
is_fatal(int rc)
{
	return rc == ERR_IO || rc == ERR_DB || rc == ERR_DENIED ||
	       rc == ERR_CANCELLED;
}

static void
note_refused(struct screen *sc, const struct list_job *job, int64_t id,
    const struct err *own, struct result *res)
{
	struct err err =
	    own->text[0] != '\0' ? *own : *session_err(session_of(sc));
	char name[200] = "";

	if (res->refused++ >= TOLD_MAX)
		return;
	job->name(sc, id, name, sizeof(name));
	str_addf(&res->told, "%s\n  %s\n", name, err.text);
}

static int
work(struct screen *sc, const struct list_job *job, const int64_t *ids,
    size_t n, struct result *res)
{
	struct list *l = sc->state;
	struct err err;
	size_t i;
	int rc = 0;

	for (i = 0; i < n; i++) {
		if (ui_progress(sc->ui, job->doing, (int64_t)i, (int64_t)n))
			break;
		err.text[0] = '\0';
		rc = job->one(sc, ids[i], job->arg, &err);
		if (rc < 0 && is_fatal(rc))
			break;
		if (rc < 0) {
			note_refused(sc, job, ids[i], &err, res);
			continue;
		}
		res->done++;
		table_mark_id(l->table, ids[i], false);
	}
	res->left = n - i;
	return rc < 0 && is_fatal(rc) && rc != ERR_CANCELLED ? rc : 0;
}

/* @failed: what no record is to blame for; NULL: nothing. */
static void
say(struct screen *sc, const struct list_job *job, const struct result *res,
    const char *failed)
{
	char done[300];

	job->said(done, sizeof(done), res->done);
	if (failed != NULL && res->done == 0)
		ui_complain(sc->ui, "%s", failed);
	else if (failed != NULL)
		ui_complain(sc->ui, _("%s Then it stopped: %s."), done, failed);
	else if (res->left > 0 && res->refused == 0)
		ui_say(sc->ui,
		    _("%s Stopped, not done: %zu, which stay selected."), done,
		    res->left);
	else if (res->left > 0)
		ui_say(sc->ui,
		    _("%s Refused: %zu. Stopped, not done: %zu. They stay "
		      "selected."),
		    done, res->refused, res->left);
	else if (res->refused > 0)
		ui_say(sc->ui, _("%s Refused: %zu, which stay selected."), done,
		    res->refused);
	else
		ui_say(sc->ui, "%s", done);
}

int
list_each(struct screen *sc, const struct list_job *job)
{
	struct result res = { .told = STR_INIT };
	struct list *l = sc->state;
	size_t n = list_marked(sc);
	int64_t *ids = xcalloc(n + 1, sizeof(*ids));
	struct err err;
	int rc, again;

	table_marked(l->table, ids, n);
	rc = work(sc, job, ids, n, &res);
	err = *session_err(session_of(sc));
	again = sc->ops->refresh(sc);
	if (res.refused > 0)
		ui_text(sc->ui, _("Refused"), res.told.s);
	say(sc, job, &res, rc < 0 ? err.text : NULL);
	str_done(&res.told);
	free(ids);
	return again;
}
