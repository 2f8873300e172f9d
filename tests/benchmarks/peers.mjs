// Validates NDJSON with ajv in one node process: node peers.mjs SCHEMA FILE (ajv and ajv-formats beside it or on NODE_PATH).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.env.INSTANCEVIEW_PEERS + "/node_modules/");
const Ajv = require("ajv");
const addFormats = require("ajv-formats");
const ajv = new (Ajv.default ?? Ajv)();
(addFormats.default ?? addFormats)(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
let valid = 0;
for (const line of readFileSync(process.argv[3], "utf8").split("\n")) if (line && validate(JSON.parse(line))) valid++;
console.log(valid);
