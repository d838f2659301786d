import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { root } from "./sources.fixture.ts";

const thrownInTimer = 'setTimeout(() => { throw new Error("nobody caught it"); }, 1);';
const rejected = 'void Promise.reject(new Error("nobody caught it"));';

for (const [what, statement] of Object.entries({ "thrown in a timer": thrownInTimer, rejected })) {
  test(`a file fails in which something is ${what} that nobody catches, and says what it was`, () => {
    using folder = makeTemporaryFolder();
    const file = join(folder.path, "uncaught.test.mjs");
    const wait = "await new Promise((resolve) => setTimeout(resolve, 50));";
    writeFileSync(file, `import { test } from "node:test";\ntest("fine", async () => { ${statement} ${wait} });\n`);
    const words = ["--import", "./test/without-promise-hook.ts", "--test", file];
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8", env });
    assert.equal(status, 1, stdout);
    assert.match(stdout, /nobody caught it/);
  });
}
