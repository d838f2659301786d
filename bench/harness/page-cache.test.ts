import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { evictFromPageCache, loadIntoPageCache } from "./page-cache.ts";

// Not the folder for temporary files: that one may live in memory, out of which nothing can be put.
const directory = mkdtempSync(join(import.meta.dirname, ".page-cache-test-"));
after(() => rmSync(directory, { recursive: true, force: true }));

test("a folder's files are put out of memory, and read into it again", { skip: withoutTools() }, async () => {
  const path = join(directory, "some.bin");
  writeFileSync(path, Buffer.alloc(4 << 20, 7));
  writeFileSync(join(directory, "empty.bin"), "");
  assert.ok(residentBytesOf(path) > 0);
  assert.equal(await evictFromPageCache(directory), true);
  assert.equal(residentBytesOf(path), 0);
  await loadIntoPageCache(directory);
  assert.equal(residentBytesOf(path), 4 << 20);
});

function residentBytesOf(path: string): number {
  return Number(execFileSync("fincore", ["--bytes", "--noheadings", "-o", "RES", path]).toString());
}

function withoutTools(): string | false {
  try {
    execFileSync("fincore", ["--version"]);
    execFileSync("dd", ["--version"]);
    return false;
  } catch {
    return "needs fincore and GNU dd";
  }
}
