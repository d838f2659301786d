import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { madeUpLogFiles } from "./log-files.ts";
import { writeMadeUpFolder } from "./write-folder.ts";

test("the folder holds each log file under its object key, compressed, and is counted", async () => {
  const dir = mkdtempSync(join(tmpdir(), "made-up-"));
  try {
    const options = { seed: 3, now: Date.UTC(2026, 10, 20, 9), days: 1, eventsPerDay: 200 };
    const made = await writeMadeUpFolder(dir, options);
    const files = [...madeUpLogFiles(options)];
    for (const { key, text } of files) assert.equal(gunzipSync(readFileSync(join(dir, key))).toString(), text);
    assert.equal(made.files, files.length);
    assert.equal(
      made.records,
      files.reduce((sum, file) => sum + file.records.length, 0),
    );
    assert.equal(
      made.textBytes,
      files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0),
    );
    assert.ok(made.gzBytes < made.textBytes);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
