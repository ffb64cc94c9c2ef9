/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/domain/audit/audit_chain_priv.h"
#include "fault.h"

/*
 * Which operations the fault injector has met in this program: those that were
 * written into the audit log while a fault was armed. When the program ends,
 * each that tests/domain/faulted.txt says it shows must be among them, else it
 * fails. FAULTED=1 prints them. Linked with --wrap=audit_append.
 */

#define ROSTER "tests/domain/faulted.txt"

int __real_audit_append(struct txn *txn, struct audit_entry *e);
int __wrap_audit_append(struct txn *txn, struct audit_entry *e);

static const char *met[300]; /* the names stand in struct op */
static size_t n;
static pid_t owner;

static bool
has_met(const char *op)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(met[i], op) == 0)
			return true;
	return false;
}

int
__wrap_audit_append(struct txn *txn, struct audit_entry *e)
{
	int rc = __real_audit_append(txn, e);

	if (rc == 0 && fault_armed() && !has_met(e->op.p) &&
	    n < sizeof(met) / sizeof(met[0]))
		met[n++] = e->op.p;
	return rc;
}

/* How many of the roster's operations for this program were not met. */
static int
missing(FILE *roster)
{
	char line[120], op[60], program[60];
	int bad = 0;

	while (fgets(line, sizeof(line), roster) != NULL) {
		if (sscanf(line, "%59s %59s", op, program) != 2 ||
		    strcmp(program, program_invocation_short_name) != 0 ||
		    has_met(op))
			continue;
		printf(
		    "%s: %s has not met the fault injector here\n", ROSTER, op);
		bad++;
	}
	return bad;
}

static void
check(void)
{
	FILE *roster;
	int bad;

	if (getpid() != owner)
		return;
	if (getenv("FAULTED") != NULL)
		for (size_t i = 0; i < n; i++)
			printf(
			    "%s\t%s\n", met[i], program_invocation_short_name);
	/* Screens' tests have names of domain's. */
	if (strstr(program_invocation_name, "tests/domain/") == NULL ||
	    (roster = fopen(ROSTER, "r")) == NULL)
		return; /* core_roles says so */
	bad = missing(roster);
	fclose(roster);
	fflush(stdout);
	if (bad > 0)
		_exit(1);
}

__attribute__((constructor)) static void
begin(void)
{
	owner = getpid();
	atexit(check);
}
