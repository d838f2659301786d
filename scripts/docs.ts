/**
 * Writes the pages of `docs/` that are made from the program. `node scripts/docs.ts --check` writes nothing and fails
 * when a page is not what it would write.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generatedPages } from "./docs/pages.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const root = join(import.meta.dirname, "..");
const stale: string[] = [];

for (const page of generatedPages) {
  const path = join(root, page.path);
  const found = existsSync(path) ? readFileSync(path, "utf8") : "";
  const made = await page.make(found);
  if (made === found) continue;
  stale.push(page.path);
  if (!values.check) writeFileSync(path, made);
}

if (stale.length === 0) console.error(`${generatedPages.length} pages are fresh`);
else if (values.check) console.error(`Not fresh: ${stale.join(", ")}; run npm run docs`);
else console.error(`Written: ${stale.join(", ")}`);
process.exitCode = values.check && stale.length > 0 ? 1 : 0;
