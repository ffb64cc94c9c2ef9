/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"

#include "ui_priv.h"

/* What opens above a dialog, and leaves it as it is. */

bool
overlay_key(struct ui *ui, const struct key *k)
{
	const struct cmd *cmd = cmd_overlay(ui, k->code);
	int rc;

	/* Not above one another, nor where somebody has to say who he is. */
	if (cmd == NULL || ui->locked || ui_top(ui) == NULL ||
	    (ui->dialog != NULL && (ui->dialog->seeks || ui->dialog->scans)))
		return false;
	if ((rc = cmd->run(ui_top(ui))) < 0)
		ui_failed(ui, rc);
	return true;
}

/*
 * The screens beneath, whose commands wait for the dialog to be answered, stand
 * still meanwhile: they are neither gone to nor closed.
 */
int
ui_visit(struct ui *ui, const char *name, const void *arg)
{
	const struct ui_floor floor = ui->floor;
	int rc;

	if (ui->dialog == NULL)
		return ui_open(ui, name, arg);
	if (ui->nopen >= SCREENS_OPEN - 1) {
		ui_complain(ui, "%s",
		    _("Too much is open above one another: close some of it "
		      "first."));
		return 0;
	}
	ui->floor =
	    (struct ui_floor){ ui->nopen, ui->nclosed, ui->depth, ui->dialog };
	ui->dialog = NULL;
	rc = ui_open(ui, name, arg);
	while (rc == 0 && ui->nopen > ui->floor.nopen && ui_step(ui, TICK_MS))
		;
	while (ui->nopen > ui->floor.nopen)
		ui_close(ui);
	ui->dialog = ui->floor.dialog;
	ui->floor = floor;
	ui->dirty = true;
	return rc;
}
