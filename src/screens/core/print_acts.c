/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "list.h"
#include "print_acts.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

static struct print_job
job_of(struct screen *sc)
{
	const struct app *app = sc->app;

	return (struct print_job){ .dir = app->exchange, .copies = 1 };
}

/* Where the paper is; what was left out, and what does not stand on it. */
static int
told(struct screen *sc, int rc, const struct print_said *said)
{
	if (rc < 0)
		return rc;
	if (said->left_out > 0)
		ui_complain(sc->ui, _("Not printed: %s"), said->left_names);
	else if (said->warning[0] != '\0')
		ui_complain(sc->ui, "%s", said->warning);
	else if (said->queue[0] != '\0')
		ui_say(sc->ui,
		    ngettext("%lld page went to the printer %s",
			"%lld pages went to the printer %s",
			(unsigned long)said->pages),
		    (long long)said->pages, said->queue);
	else
		ui_say(sc->ui,
		    ngettext("%lld page is in %s", "%lld pages are in %s",
			(unsigned long)said->pages),
		    (long long)said->pages, said->path);
	return 0;
}

int
act_print_orders(struct screen *sc, const int64_t *ids, size_t n)
{
	const char *papers[] = { _("Courier labels"), _("Packing slips") };
	const struct print_job job = job_of(sc);
	struct print_said said;
	int chosen;

	if (n == 0)
		return 0;
	chosen = ui_pick(sc->ui, _("What is to be printed?"), papers, 2, 0);
	if (chosen < 0)
		return 0;
	return told(sc,
	    (chosen == 0 ? print_labels : print_slips)(
		session_of(sc), ids, n, &job, &said),
	    &said);
}

/* The ids that are selected, or else @id; to be freed. */
static int64_t *
selected(struct screen *sc, int64_t id, size_t *n)
{
	const struct list *l = sc->state;
	int64_t *ids;

	*n = list_marked(sc);
	ids = xcalloc(*n + 1, sizeof(*ids));
	ids[0] = id;
	if (*n > 0)
		table_marked(l->table, ids, *n);
	else
		*n = 1;
	return ids;
}

int
act_print_selected(struct screen *sc, int64_t id)
{
	size_t n;
	int64_t *ids = selected(sc, id, &n);
	int rc = act_print_orders(sc, ids, n);

	free(ids);
	return rc;
}

int
act_print_by_id(struct screen *sc, int64_t id,
    int (*print)(struct session *s, int64_t id, const struct print_job *job,
	struct print_said *said))
{
	const struct print_job job = job_of(sc);
	struct print_said said;

	return told(sc, print(session_of(sc), id, &job, &said), &said);
}

int
act_print_bins(struct screen *sc, int64_t bin_id)
{
	const struct print_job job = job_of(sc);
	struct print_said said;
	size_t n;
	int64_t *ids = selected(sc, bin_id, &n);
	int rc = told(
	    sc, print_bin_labels(session_of(sc), ids, n, &job, &said), &said);

	free(ids);
	return rc;
}

int
act_print_goods(struct screen *sc, int64_t variant_id)
{
	const struct print_job job = job_of(sc);
	struct print_goods *goods;
	struct print_said said;
	char text[16] = "1";
	int64_t *ids, labels;
	size_t n, i;
	int rc;

	if (!ui_ask(sc->ui, _("How many labels of each?"), text, sizeof(text)))
		return 0;
	if (count_sum(text, &labels) < 0)
		labels = 0; /* who prints them refuses */
	ids = selected(sc, variant_id, &n);
	goods = xcalloc(n, sizeof(*goods));
	for (i = 0; i < n; i++)
		goods[i] = (struct print_goods){ ids[i], labels };
	rc = told(sc, print_goods_labels(session_of(sc), goods, n, &job, &said),
	    &said);
	free(goods);
	free(ids);
	return rc;
}
