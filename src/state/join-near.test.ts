import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { joinNear, type Reaching } from "./join-near.ts";

interface Node extends Reaching {
  readonly name: number;
  readonly members: readonly number[];
}

const nodes = fc
  .array(fc.record({ from: fc.nat(200), length: fc.nat(6), reach: fc.constantFrom(0, 1, 3, 3, 40) }), { maxLength: 30 })
  .map((all) =>
    all.map(({ from, length, reach }, name): Node => {
      const to = from + length;
      return { name, members: [name], from, to, reachFrom: from - reach, reachTo: to + reach };
    }),
  );

/** By the definition: whoever is near to one of them belongs to all of them. */
function joinSlowly(all: readonly Node[]): number[][] {
  const areNear = (one: Node, other: Node) =>
    Math.max(one.from, other.from) - Math.min(one.to, other.to) <=
    Math.max(one.reachTo - one.to, other.reachTo - other.to, 0);
  let clusters = all.map((node) => [node]);
  for (const node of all) {
    const near = clusters.filter((cluster) => cluster.some((other) => areNear(node, other)));
    clusters = [...clusters.filter((cluster) => !near.includes(cluster)), near.flat()];
  }
  return sorted(clusters);
}

function sorted(clusters: readonly (readonly Node[])[]): number[][] {
  const names = clusters.map((cluster) => cluster.flatMap(({ members }) => members).sort((a, b) => a - b));
  return names.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

test("what is near belongs together, as the definition has it, in any order", () => {
  const shuffled = nodes.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, others]) => {
      assert.deepEqual(sorted(joinNear(others)), joinSlowly(all));
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

test("clusters that were put together before are as good as their members", () => {
  fc.assert(
    fc.property(nodes, fc.nat(30), (all, at) => {
      const before = joinNear(all.slice(0, at)).map((cluster): Node => ({
        name: -1,
        members: cluster.flatMap(({ members }) => members),
        from: Math.min(...cluster.map(({ from }) => from)),
        to: Math.max(...cluster.map(({ to }) => to)),
        reachFrom: Math.min(...cluster.map(({ reachFrom }) => reachFrom)),
        reachTo: Math.max(...cluster.map(({ reachTo }) => reachTo)),
      }));
      assert.deepEqual(sorted(joinNear([...all.slice(at), ...before])), joinSlowly(all));
    }),
    { seed: 11, numRuns: 2_000 },
  );
});
