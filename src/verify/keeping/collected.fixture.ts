import assert from "node:assert/strict";
import { MadeChain, madeStart, type MadeObject } from "../made-chain.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

export const minuteMs = 60_000;

/** A chain of which everything was collected when it was delivered. */
export async function collected(hours: number, options: { readonly without?: readonly number[] } = {}) {
  const world = new MadeWorld();
  const made = new MadeChain().add(hours);
  world.clock.advance(made.end + 10 * minuteMs - madeStart);
  for (const [index, digest] of made.digests.entries()) {
    for (const file of digest.logFiles) {
      world.deliver(file);
      world.readFile(file);
    }
    if (options.without?.includes(index) !== true) await world.collectDigest(made.chain, digest);
  }
  return { world, made, files: made.digests.flatMap(({ logFiles }) => logFiles) };
}

/** One of several, from the end where it is negative. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items.at(index);
  assert.ok(item !== undefined);
  return item;
}

/** Verdict and reason of each. */
export function kindsOf(world: MadeWorld, files: readonly MadeObject[]): readonly (string | undefined)[] {
  return files.map((file) => world.verdict(file)?.join(" ").trim());
}
