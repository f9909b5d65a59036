-- SPDX-License-Identifier: GPL-3.0-or-later
-- Times are UTC text, ISO 8601 with milliseconds. AUTOINCREMENT: ids grow and are never used again.

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
);
-- The person who runs the program.
INSERT INTO users (id, name, created_at) VALUES (1, 'local', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE, -- SHA-256 of the value, which is not stored
    hint TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT
);

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    source_type TEXT NOT NULL,
    config TEXT NOT NULL, -- JSON; never a secret
    credential_hints TEXT NOT NULL, -- JSON
    cursor_column TEXT NOT NULL,
    cursor_type TEXT NOT NULL,
    cursor_after TEXT,
    file_name TEXT, -- uploads: as the person called it
    file_stored TEXT, -- uploads: name within the source's upload folder
    file_size INTEGER NOT NULL DEFAULT 0,
    generation INTEGER NOT NULL DEFAULT 0, -- the dataset in use; 0: none
    row_count INTEGER NOT NULL DEFAULT 0,
    columns TEXT NOT NULL DEFAULT '[]', -- JSON
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX sources_by_user ON sources (user_id, id);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    started_by TEXT NOT NULL,
    mode TEXT NOT NULL,
    started_at TEXT NOT NULL,
    heartbeat_at TEXT NOT NULL,
    finished_at TEXT,
    rows_read INTEGER NOT NULL DEFAULT 0,
    rows_new INTEGER NOT NULL DEFAULT 0,
    rows_changed INTEGER NOT NULL DEFAULT 0,
    rows_unchanged INTEGER NOT NULL DEFAULT 0,
    rows_rejected INTEGER NOT NULL DEFAULT 0,
    rows_removed INTEGER NOT NULL DEFAULT 0,
    bytes_read INTEGER NOT NULL DEFAULT 0,
    cursor_before TEXT,
    cursor_after TEXT,
    error TEXT -- JSON
);
CREATE INDEX runs_by_source ON runs (source_id, id);
CREATE INDEX runs_running ON runs (status) WHERE status = 'running';

CREATE TABLE run_log (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    level INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) WITHOUT ROWID;

-- The generations that are kept: the one in use and the one before it.
CREATE TABLE datasets (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    columns TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (source_id, generation)
) WITHOUT ROWID;
