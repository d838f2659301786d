import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { seededRandom } from "../../base/seeded-random.ts";
import type { DigestObject } from "../digests/digest-object.ts";
import { asDigestObject, hourMs, MadeChain, madeKey, madeKeys } from "../made-chain.fixture.ts";
import type { Gap } from "../verdict.ts";
import type { ChainAnchor, ChainInput, JudgedDigest } from "./chain-judgement.ts";
import { nameOf } from "../names.ts";
import { anchorOf, judgeChain } from "./judge-chain.ts";

const keys = madeKeys("eu-west-1", madeKey("first"), madeKey("second"));

/** A chain in which all may have happened that a stranger can do, and what AWS does: pauses, keys, late and double ones. */
function makeUpChain(seed: number): {
  readonly input: ChainInput;
  readonly arrivals: readonly (readonly DigestObject[])[];
} {
  const random = seededRandom(seed);
  const made = new MadeChain({ seed });
  for (let index = 0; index < 6 + random() * 8; index += 1) {
    const chance = random();
    if (chance < 0.1) made.pause(Math.ceil(random() * 5) * hourMs).add(1, { previous: null, files: 1 });
    else if (chance < 0.2) made.rotate(madeKey(random() < 0.5 ? "first" : "second")).add(1, { files: 1 });
    else if (chance < 0.3) made.add(1, { key: madeKey("stranger"), files: 1 });
    else made.add(1, { files: 1 });
  }
  const objects = made.digests.flatMap((digest) => {
    const chance = random();
    const object = asDigestObject(digest);
    const changed = asDigestObject({
      ...digest,
      bytes: gzipSync(digest.text.replace('newestEventTime":"2', 'newestEventTime":"3')),
    });
    if (chance < 0.12) return [];
    if (chance < 0.24) return [changed];
    if (chance < 0.32) return [object, object];
    if (chance < 0.4) return [object, changed];
    if (chance < 0.46) return [asDigestObject({ ...digest, metadata: {} })];
    return [object];
  });
  const late = objects.map((object) => ({
    object,
    at: object.namedEnd + (random() < 0.2 ? random() * 6 * hourMs : 0),
  }));
  const arrivals: DigestObject[][] = [[]];
  for (const { object } of late.sort((a, b) => a.at - b.at)) {
    arrivals.at(-1)?.push(object);
    if (random() < 0.4) arrivals.push([]);
  }
  return { input: { chain: made.chain, keys, digests: shuffled(arrivals.flat(), random) }, arrivals };
}

/** Judges as who collects does: what came is kept, and judging goes on from the last valid digest before it. */
function judgeBitByBit(input: ChainInput, arrivals: readonly (readonly DigestObject[])[]) {
  const held: DigestObject[] = [];
  let digests: readonly JudgedDigest[] = [];
  let gaps: readonly Gap[] = [];
  let anchor: ChainAnchor | undefined;
  for (const arrived of arrivals) {
    held.push(...arrived);
    const earliest = Math.min(...arrived.map(({ namedEnd }) => namedEnd));
    const from = anchorBefore(digests, earliest);
    const rest = from === undefined ? held : held.filter(({ namedEnd }) => namedEnd > from.endsAt);
    const judged = judgeChain({ ...input, digests: rest, ...(from === undefined ? {} : { anchor: from }) });
    const before = from?.endsAt ?? -Infinity;
    digests = [...digests.filter(({ endsAt }) => endsAt <= before), ...judged.digests];
    gaps = [...gaps.filter((gap) => gap.from < before), ...judged.gaps];
    ({ anchor } = judged);
  }
  return { digests, gaps, anchor };
}

function anchorBefore(digests: readonly JudgedDigest[], before: number): ChainAnchor | undefined {
  const last = digests.findLast(({ endsAt, verdict }) => verdict.kind === "valid" && endsAt < before);
  return last && anchorOf(last, hourMs);
}

/** Contents of one key keep their order: where nothing else tells, the first counts. */
function shuffled(list: readonly DigestObject[], random: () => number): DigestObject[] {
  const places = new Map(list.map(({ key }) => [key, random()]));
  return [...list].sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
}

function told({ digests, gaps, anchor }: ReturnType<typeof judgeBitByBit>) {
  return {
    digests: digests.map(({ name, verdict, startsAt, endsAt, chainSince }) => ({
      name,
      ...verdict,
      startsAt,
      endsAt,
      chainSince,
    })),
    gaps,
    anchor: anchor && nameOf(anchor),
  };
}

test("judging bit by bit, in any order and with late ones, ends where judging all at once does", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 120; seed += 1) {
    const { input, arrivals } = makeUpChain(seed);
    const whole = judgeChain(input);
    const parts = judgeBitByBit(input, arrivals);
    assert.deepEqual(told(parts), told(whole), `seed ${seed}`);
    for (const { verdict } of whole.digests) seen.add(verdict.reason);
    for (const { kind } of whole.gaps) seen.add(kind);
  }
  // The chains were not all well: else this would prove nothing.
  for (const reason of [
    "not-found",
    "signature-wrong",
    "key-unknown",
    "signature-missing",
    "chain-restarted",
    "digests-missing",
  ]) {
    assert.ok(seen.has(reason), reason);
  }
});

test("the order in which digests are given changes nothing", () => {
  for (let seed = 200; seed < 240; seed += 1) {
    const { input } = makeUpChain(seed);
    const again = judgeChain({ ...input, digests: shuffled(input.digests, seededRandom(seed + 1)) });
    assert.deepEqual(again, judgeChain(input), `seed ${seed}`);
  }
});
