import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../../test/fixtures/temporary-folder.ts";
import { walkFiles, type FoundFile } from "../../find-files.ts";
import { readStill } from "./open-still.ts";

/** A folder with one file that a look has found. */
async function found(folder: string): Promise<{ readonly root: string; readonly file: FoundFile }> {
  const root = join(folder, "watched");
  mkdirSync(join(root, "day"), { recursive: true });
  mkdirSync(join(folder, "outside"));
  writeFileSync(join(root, "day", "a.json"), "inside");
  const [file] = await Array.fromAsync(walkFiles(root));
  assert.ok(file !== undefined && "version" in file);
  return { root, file };
}

const changes: readonly [string, (root: string, outside: string) => void][] = [
  ["grew", (root) => writeFileSync(join(root, "day/a.json"), "inside and more")],
  [
    "was replaced by a link",
    (root, outside) => {
      writeFileSync(join(outside, "a.json"), "secret");
      rmSync(join(root, "day/a.json"));
      symlinkSync(join(outside, "a.json"), join(root, "day/a.json"));
    },
  ],
  [
    "lies below a folder that was replaced by a link",
    (root, outside) => {
      renameSync(join(root, "day/a.json"), join(outside, "a.json"));
      rmSync(join(root, "day"), { recursive: true });
      symlinkSync(outside, join(root, "day"));
    },
  ],
];

test("a file that is as it was found is read", async () => {
  using folder = makeTemporaryFolder();
  const { root, file } = await found(folder.path);
  assert.equal((await readStill(root, file))?.toString(), "inside");
});

for (const [what, change] of changes) {
  test(`a file that ${what} since it was found is not read`, async () => {
    using folder = makeTemporaryFolder();
    const { root, file } = await found(folder.path);
    change(root, join(folder.path, "outside"));
    assert.equal(await readStill(root, file), undefined);
  });
}
