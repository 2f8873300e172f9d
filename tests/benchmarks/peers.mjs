// Validates the documents in the lines of a file with ajv in one process of node: node peers.mjs SCHEMA FILE.
// Exits with 1 when one is invalid; ajv and ajv-formats lie in the node_modules of IV_TEST_PEERS.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.env.IV_TEST_PEERS + "/node_modules/");
const Ajv = require("ajv");
const addFormats = require("ajv-formats");
const ajv = new (Ajv.default ?? Ajv)();
(addFormats.default ?? addFormats)(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
let invalid = 0;
for (const line of readFileSync(process.argv[3], "utf8").split("\n")) if (line && !validate(JSON.parse(line))) invalid++;
if (invalid) console.error(invalid + " invalid");
process.exit(invalid ? 1 : 0);
