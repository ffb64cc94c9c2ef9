/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FAULT_H
#define TESTS_FAULT_H

#include <stdbool.h>

/*
 * The fault injector: a database backend that passes everything through to
 * SQLite and makes the n-th call fail, with each of BUSY, IO, CONFLICT in turn.
 *
 *	FOR_EACH_FAULT(f) {
 *		struct session *s = fixture_faulty("clerk");
 *		fault_arm(&f);
 *		rc = order_hold(s, ...);
 *		fault_disarm(&f);
 *		... old or new state, never between ...
 *	}
 *
 * ends when the body has run without a fault being reached.
 */

struct fault {
	int n;    /* fails at this call, 1 is the first */
	int kind; /* which failure */
	bool hit; /* it was reached */
	bool over;
};

void fault_arm(struct fault *f);
void fault_disarm(struct fault *f);
bool fault_armed(void);
/* How many calls there were since one was armed. */
int fault_calls(void);
bool fault_next(struct fault *f);
/* Makes db_open() give faulty databases from here on. */
void fault_install(bool on);

#define FOR_EACH_FAULT(f) \
	for (struct fault f = { .n = 1 }; !f.over; f.over = !fault_next(&f))

#endif
