import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../base/seeded-random.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import type { HitRow } from "./finding-table.ts";
import { essencesOf, expectedOf, inOrder, randomHits } from "./findings.fixture.ts";
import { openState } from "./open-state.ts";

const program = fileURLToPath(import.meta.resolve("./killed-taking.fixture.ts"));

/** Lets the program take so many lots, and kills it while it is at the next one. */
async function takeAndKill(directory: string, seed: number, lots: number): Promise<void> {
  const child = spawn(process.execPath, [program, directory, String(seed)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let taken = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === "taken" && ++taken >= lots) child.kill("SIGKILL");
  }
  await ended;
}

test("whoever is killed while taking leaves whole findings, and what is taken again adds nothing", async () => {
  using folder = makeTemporaryFolder();
  const all = randomHits(seededRandom(1), 250);
  for (let round = 1; round <= 3; round++) {
    await takeAndKill(folder.path, round, round * 3);
    await using state = await openState({ directory: folder.path });
    const kept: HitRow[] = [];
    for (const { id } of await state.findings.list({}, { limit: 1_000 })) {
      kept.push(...(await state.findings.hitsOf(id, 1_000)));
    }
    assert.ok(kept.length > 0);
    assert.deepEqual(await essencesOf(state.findings), inOrder(expectedOf(kept)));
    const counted = [...(await state.findings.countByRule(0)).values()];
    assert.equal(
      counted.reduce((sum, { hits }) => sum + hits, 0),
      kept.length,
    );
  }
  await using state = await openState({ directory: folder.path });
  await state.findings.take(all);
  assert.deepEqual(await essencesOf(state.findings), inOrder(expectedOf(all)));
});
