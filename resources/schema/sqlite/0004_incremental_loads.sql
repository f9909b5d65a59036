-- SPDX-License-Identifier: GPL-3.0-or-later
-- What tells the rows of a source apart, and how far back an incremental run reads behind its mark. A generation knows
-- the key it was made unique by, the mark its rows stand for and the generation it came after, so that a run can be
-- taken back with all that belongs to it.

ALTER TABLE sources ADD COLUMN key_columns TEXT NOT NULL DEFAULT '[]'; -- JSON
ALTER TABLE sources ADD COLUMN cursor_overlap INTEGER NOT NULL DEFAULT 0; -- seconds of a timestamp, else a number
ALTER TABLE sources ADD COLUMN last_generation INTEGER NOT NULL DEFAULT 0; -- the highest ever given: none is used again
UPDATE sources SET last_generation = max(generation, coalesce((SELECT max(d.generation) FROM datasets d
    WHERE d.source_id = sources.id), 0));

ALTER TABLE datasets ADD COLUMN key_columns TEXT NOT NULL DEFAULT '[]'; -- JSON
ALTER TABLE datasets ADD COLUMN cursor_after TEXT;
ALTER TABLE datasets ADD COLUMN generation_before INTEGER NOT NULL DEFAULT -1; -- 0: none; -1: not known
UPDATE datasets SET generation_before = coalesce((SELECT max(d.generation) FROM datasets d
    WHERE d.source_id = datasets.source_id AND d.generation < datasets.generation), -1);

ALTER TABLE runs ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN schema_changes TEXT NOT NULL DEFAULT '[]'; -- JSON
