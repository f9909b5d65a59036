// SPDX-License-Identifier: GPL-3.0-or-later
// duckdb_load.mjs MODULES load DATABASE FILE.csv auto|all_varchar: the file as table t of a new database, durably.
// duckdb_load.mjs MODULES count DATABASE: the rows of t.   duckdb_load.mjs MODULES version
// MODULES: the folder whose node_modules holds @duckdb/node-api.
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, action, database, file, kind] = process.argv.slice(2);
const { DuckDBInstance, version } = createRequire(path.join(path.resolve(modules), 'package.json'))('@duckdb/node-api');

if (action === 'version') {
    console.log(`DuckDB ${version()}`);
} else {
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    if (action === 'load') {
        const options = kind === 'all_varchar' ? ', all_varchar = true' : '';
        await connection.run(`CREATE TABLE t AS FROM read_csv('${file.replaceAll("'", "''")}'${options})`);
    } else {
        const answer = await connection.runAndReadAll('SELECT count(*)::INTEGER FROM t');
        console.log(answer.getRows()[0][0]);
    }
    connection.closeSync();
    instance.closeSync(); // what the log of the database holds goes into it
}
