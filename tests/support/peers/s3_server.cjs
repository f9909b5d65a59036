// SPDX-License-Identifier: GPL-3.0-or-later
// An S3 server for the tests: node --openssl-legacy-provider s3_server.cjs MODULES FOLDER KEY_ID SECRET BUCKET [PORT]
// Prints "ready PORT". (Without the option the tokens of its lists, which it encrypts with DES, fail.)
const [modules, directory, keyId, secret, bucket, port] = process.argv.slice(2);
const load = require('module').createRequire(modules + '/');
const S3rver = load('@20minutes/s3rver');
load('@20minutes/s3rver/lib/models/account').DUMMY_ACCOUNT.createKeyPair(keyId, secret);
new S3rver({
  address: '127.0.0.1',
  port: Number(port || 0),
  silent: true,
  directory,
  serviceEndpoint: 'localhost',
  vhostBuckets: false,
  configureBuckets: [{ name: bucket }],
})
  .run()
  .then((address) => console.log('ready', address.port));
