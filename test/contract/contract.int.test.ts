import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { allCases } from "./cases/index.ts";
import { runCase } from "./contract-case.ts";
import { knownDifferences } from "./known-differences/index.ts";
import { openMoto, openOurs, type Server } from "./servers.fixture.ts";

const cases = [...allCases].flatMap(([service, all]) => all.map((one) => ({ ...one, id: `${service}: ${one.name}` })));

describe("the sandbox answers as AWS's pages say", () => {
  let ours: Server;
  before(async () => {
    ours = await openOurs();
  });
  after(() => ours[Symbol.asyncDispose]());
  for (const { id, source, run, expected } of cases) {
    test(`${id} (${source})`, async () => {
      assert.deepEqual(await runCase(run, (afterwards) => ours.aws(id, afterwards)), expected);
      assert.deepEqual(ours.troubles, []);
    });
  }
});

const moto = await openMoto();

describe("moto answers alike, or otherwise as is listed", () => {
  if (moto === undefined) {
    test("as far as it is there", { skip: "moto is not installed: pip install 'moto[server]'" });
    return;
  }
  after(() => moto[Symbol.asyncDispose]());
  for (const { id, run, expected } of cases) {
    test(id, async () => {
      const answered = await runCase(run, (afterwards) => moto.aws(id, afterwards)).catch(
        (error: unknown) => `failed: ${(error as Error).name}`,
      );
      const known = knownDifferences.find((difference) => difference.case === id);
      if (known === undefined) assert.deepEqual(answered, expected, "a difference that is not listed");
      else assert.deepEqual(answered, known.moto, "a listed difference that is no longer so");
    });
  }
});

test("each listed difference is of a case, and is one", () => {
  for (const { case: id, moto: answer } of knownDifferences) {
    const found = cases.find((one) => one.id === id);
    assert.ok(found !== undefined, id);
    assert.notDeepEqual(answer, found.expected, id);
  }
});

test("no two cases have one name", () => {
  assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
});
