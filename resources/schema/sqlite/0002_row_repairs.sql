-- SPDX-License-Identifier: GPL-3.0-or-later
-- What people make of rows that were set aside. A correction belongs to the text of the row it was made for, so that it
-- holds for the same row in later runs; one of a row without a text of its own goes with the rows that are in use.

CREATE TABLE row_corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    row_key BLOB NOT NULL, -- SHA-256 of what the row is known by
    is_lasting INTEGER NOT NULL, -- 0: the row is known by its number only
    rejected_raw TEXT NOT NULL,
    raw TEXT, -- the text put right; NULL: cells
    cells TEXT, -- JSON
    misfit TEXT, -- JSON: why it cannot be stored; NULL: it can
    is_open INTEGER NOT NULL, -- its row is set aside now
    updated_at TEXT NOT NULL,
    UNIQUE (source_id, row_key)
);
CREATE INDEX row_corrections_by_source ON row_corrections (source_id, id);

-- Rows set aside in the generation in use; until now only its run knew.
ALTER TABLE sources ADD COLUMN rejected_count INTEGER NOT NULL DEFAULT 0;
UPDATE sources SET rejected_count = coalesce((SELECT r.rows_rejected FROM datasets d JOIN runs r ON r.id = d.run_id
    WHERE d.source_id = sources.id AND d.generation = sources.generation), 0);
ALTER TABLE datasets ADD COLUMN rejected_count INTEGER NOT NULL DEFAULT 0;
UPDATE datasets SET rejected_count = coalesce((SELECT r.rows_rejected FROM runs r WHERE r.id = datasets.run_id), 0);
