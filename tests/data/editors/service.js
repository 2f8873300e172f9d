// Asks vscode-json-languageservice, the language service of VS Code and of many other editors, about texts.
// usage: node service.js MODULES CATALOG < questions > answers, both of them arrays in JSON.
// A question is {file, text, hover, complete}, the last two of them offsets; the catalog says which schema is its own, or
// the text itself in `$schema`. With {folder}, the file is there. `meanings` are the documentations of the completions.
"use strict";
const fs = require("fs");
const path = require("path");
const { pathToFileURL, fileURLToPath } = require("url");
const [modules, catalog] = process.argv.slice(2);
const { getLanguageService, TextDocument } = require(path.join(modules, "vscode-json-languageservice"));

const service = getLanguageService({
  // Files alone: a reference that leads elsewhere is a diagnostic.
  workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
  schemaRequestService: async (uri) => fs.readFileSync(fileURLToPath(uri), "utf8"),
});
const base = pathToFileURL(catalog);
service.configure({
  validate: true,
  schemas: JSON.parse(fs.readFileSync(base, "utf8")).schemas.map(({ fileMatch, url }) => ({
    fileMatch,
    uri: new URL(url, base).href,
  })),
});

async function answer({ folder = "file:///project", file, text, hover, complete }) {
  const document = TextDocument.create(`${folder}/${file}`, "json", 1, text);
  const parsed = service.parseJSONDocument(document);
  const shown = await service.doHover(document, document.positionAt(hover), parsed);
  const completed = await service.doComplete(document, document.positionAt(complete), parsed);
  return {
    diagnostics: (await service.doValidation(document, parsed)).map(({ message }) => message),
    hover: shown ? [shown.contents].flat().map((part) => part.value ?? part).join("\n") : "",
    completions: completed ? completed.items.map(({ label }) => label) : [],
    meanings: completed ? completed.items.map(({ documentation }) => documentation?.value ?? documentation ?? null) : [],
  };
}

(async () => {
  const answers = [];
  for (const question of JSON.parse(fs.readFileSync(0, "utf8"))) answers.push(await answer(question));
  console.log(JSON.stringify(answers));
})();
