/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Database: the model facts of this tree, as `make` compiled them beside the tests.
 */

/* Makes look-ups ask it. Fails the test when it is not there. */
void use_database(void);

/* Makes look-ups find no database at all. */
void use_no_database(void);
