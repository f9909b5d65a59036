-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the reader of the last good run left for the next one: JSON, such as the versions of the files that the rows are
-- from. It belongs to the generation in use and goes with it.

ALTER TABLE sources ADD COLUMN reader_state TEXT NOT NULL DEFAULT '{}';
ALTER TABLE datasets ADD COLUMN reader_state TEXT NOT NULL DEFAULT '{}';
