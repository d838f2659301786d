import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { generatedPages } from "../../scripts/docs/pages.ts";
import { madeUpStories } from "../../src/sandbox/index.ts";
import { parseQuery, queryFields } from "../../src/search/language/index.ts";
import { root } from "./sources.fixture.ts";

const pages = ["README.md", "CONTRIBUTING.md", "NOTICE", ...globSync("docs/**/*.md", { cwd: root })].toSorted();

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** What GitHub makes of a heading. */
function anchors(markdown: string): Set<string> {
  return new Set(
    [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );
}

for (const page of generatedPages) {
  test(`${page.path} is what the program would write`, async () => {
    const found = read(page.path);
    assert.equal(await page.make(found), found, "run npm run docs");
  });
}

test("every link leads to a file, and every anchor to a heading", () => {
  for (const page of pages) {
    for (const [, link = ""] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link)) continue;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      assert.ok(existsSync(join(root, target)), `${page} → ${link}`);
      if (anchor !== undefined) assert.ok(anchors(read(target)).has(anchor), `${page} → ${link}`);
    }
  }
});

/** The texts of the unions named …Code or …Reason in a folder's files. */
function unionsIn(pattern: string, name: RegExp): string[] {
  const texts = globSync(pattern, { cwd: root }).map((path) => read(path).replace(/\/\*\*[\s\S]*?\*\//g, ""));
  return texts.flatMap((text) =>
    [...text.matchAll(/export type (\w+) =([^;]+);/g)]
      .filter(([, type = ""]) => name.test(type))
      .flatMap(([, , union = ""]) => [...union.matchAll(/"([a-z0-9-]+)"/g)].map(([, code = ""]) => code)),
  );
}

test("every error code has its paragraph, and every paragraph its code", () => {
  const codes = [...unionsIn("src/*/errors.ts", /Code$/), ...unionsIn("src/search/language/errors.ts", /Code$/)];
  assert.ok(codes.length > 30);
  const described = [...read("docs/errors.md").matchAll(/^### (.+)$/gm)].map(([, code = ""]) => code);
  assert.deepEqual(described.toSorted(), [...new Set(codes)].toSorted());
});

test("every finding about a source is explained", () => {
  const table = read("docs/collect.md").split("## What a finding says")[1]?.split("\n## ")[0] ?? "";
  const described = [...table.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code = ""]) => code);
  const codes = unionsIn("src/collect/sources/findings.ts", /Code$/);
  assert.deepEqual(described.toSorted(), [...new Set(codes)].toSorted());
});

test("every reason to reject a record is explained", () => {
  const reasons = [
    ...unionsIn("src/cloudtrail/rejected-part.ts", /Reason$/),
    ...unionsIn("src/cloudtrail/read-record.ts", /Refusal$/),
  ];
  const table = read("docs/import.md").split("## Why a record is rejected")[1] ?? "";
  const described = [...table.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, reason = ""]) => reason);
  assert.deepEqual(described.toSorted(), [...new Set(reasons)].toSorted());
});

test("every query on the page of the query language can be read", () => {
  const blocks = [...read("docs/query-language.md").matchAll(/```query\n([\s\S]*?)```/g)];
  const queries = blocks.flatMap(([, lines = ""]) => lines.trim().split("\n"));
  const examples = queryFields.filter((field) => field.unavailable === undefined).map((field) => field.example);
  assert.ok(queries.length > 30);
  for (const query of [...queries, ...examples]) {
    const parsed = parseQuery(query, { now: Date.UTC(2026, 0, 15) });
    assert.ok(parsed.ok, `${query}: ${parsed.ok ? "" : parsed.error.message}`);
  }
});

test("every query in README can be read", () => {
  const text = read("README.md");
  const commands = [...text.matchAll(/trailwarden search '([^']+)'/g)];
  const stories = [...text.matchAll(/`(eventName:[^`]+)`/g)];
  assert.ok(commands.length > 3 && stories.length > 3);
  for (const [, query = ""] of [...commands, ...stories]) {
    assert.ok(parseQuery(query, { now: Date.UTC(2026, 0, 15) }).ok, query);
  }
});

test("README names every story of the made-up events", () => {
  const text = read("README.md");
  const told = madeUpStories.filter(({ query }) => !text.includes(query));
  // These two are told in README's own words.
  assert.deepEqual(
    told.map(({ id }) => id),
    ["mary", "leaked-key"],
  );
});

test("the page of the console names its keys", () => {
  const dialog = read("console/src/parts/help-dialog.tsx");
  const rows = [...dialog.matchAll(/^ {2}\[\[(".*?")\], "/gm)].map(([, keys = ""]) =>
    keys.replaceAll(/[", ]+/g, " ").trim(),
  );
  const table = read("docs/console.md").match(/^\| `.*$/gm) ?? [];
  const named = table.join(" ");
  assert.ok(rows.length > 5);
  for (const key of rows.flatMap((row) => row.split(" "))) assert.ok(named.includes(key), key);
});

test("decisions are numbered one after another and say what was rejected", () => {
  const decisions = globSync("docs/decisions/*.md", { cwd: root }).toSorted();
  assert.ok(decisions.length >= 5);
  for (const [index, path] of decisions.entries()) {
    assert.ok(basename(path).startsWith(String(index + 1).padStart(4, "0")), path);
    for (const part of ["## What", "## Why", "## Rejected"]) assert.ok(read(path).includes(part), `${path}: ${part}`);
  }
});

test("every library has its line among the decisions", () => {
  const manifest = JSON.parse(read("package.json")) as Record<"dependencies" | "devDependencies", object>;
  const libraries = read(globSync("docs/decisions/*-libraries.md", { cwd: root })[0] ?? "");
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)]) {
    assert.ok(libraries.includes(`\`${name}\``), name);
  }
});
