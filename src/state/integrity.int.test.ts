import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, noon, onEveryEngine } from "./engines.fixture.ts";
import type { ChainRow, IntegrityFindingRow, PublicKeyRow } from "./integrity-table.ts";

const key: PublicKeyRow = {
  region: "eu-central-1",
  fingerprint: "0123456789abcdef0123456789abcdef",
  value: "MIIBCgKCAQEA",
  validFrom: noon,
  validTo: noon + 100 * hour,
  seenAt: noon,
  authority: "aws",
};

const chain: ChainRow = {
  id: "111122223333/eu-central-1//eu-central-1/payments",
  accountId: "111122223333",
  region: "eu-central-1",
  content: { parts: [{ from: noon, to: noon + hour }] },
  changedAt: noon,
};

const finding: IntegrityFindingRow = {
  id: "missing s3://logs/one",
  kind: "missing",
  accountId: "111122223333",
  region: "eu-central-1",
  from: noon,
  to: noon + hour,
  foundAt: noon + 2 * hour,
  settledAt: undefined,
  content: { words: "A file is missing", names: ["s3://logs/one"] },
};

await onEveryEngine("integrity", ({ makePlace }) => {
  test("a key that is known keeps its row, and regions have keys of their own", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.integrity.putKeys([key, { ...key, fingerprint: "00", validFrom: noon - hour }]);
      await state.integrity.putKeys([
        { ...key, value: "another", validTo: 1, seenAt: 1 },
        { ...key, region: "us-east-1" },
      ]);
    }
    await using state = await place.open();
    assert.deepEqual(await state.integrity.keys("eu-central-1"), [
      { ...key, fingerprint: "00", validFrom: noon - hour },
      key,
    ]);
    assert.deepEqual(
      (await state.integrity.keys()).map(({ region }) => region),
      ["eu-central-1", "eu-central-1", "us-east-1"],
    );
    assert.deepEqual(await state.integrity.keys("mars-north-1"), []);
  });

  test("a key that another authority tells is another key", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const other = { ...key, authority: "http://127.0.0.1:4566", value: "MIIBCgKCAQEB" };
    await state.integrity.putKeys([other]);
    await state.integrity.putKeys([key]);
    const known = await state.integrity.keys(key.region);
    assert.deepEqual(
      new Map(known.map((one) => [one.authority, one.value])),
      new Map([
        ["aws", key.value],
        [other.authority, other.value],
      ]),
    );
  });

  test("a chain's row is replaced by its id", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.integrity.putChain({ ...chain, content: null });
      await state.integrity.putChain({ ...chain, id: "another" });
      await state.integrity.putChain(chain);
    }
    await using state = await place.open();
    assert.deepEqual(await state.integrity.getChain(chain.id), chain);
    assert.equal(await state.integrity.getChain("nobody's"), undefined);
    assert.deepEqual(await state.integrity.chains(), [chain, { ...chain, id: "another" }]);
  });

  test("a finding is told once, settled, and opened again", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { integrity } = state;
    await integrity.putFinding(finding);
    await integrity.putFinding({ ...finding, settledAt: noon + 3 * hour, content: { words: "It came" } });
    assert.deepEqual(await integrity.findings({ isOpen: true }, { limit: 9 }), []);
    assert.deepEqual(await integrity.findings({ isOpen: false }, { limit: 9 }), [
      { ...finding, settledAt: noon + 3 * hour, content: { words: "It came" } },
    ]);
    await integrity.putFinding(finding);
    assert.deepEqual(await integrity.findings({ isOpen: true }, { limit: 9 }), [finding]);
    assert.deepEqual(await integrity.getFinding(finding.id), finding);
    assert.equal(await integrity.getFinding("nobody's"), undefined);
  });

  test("findings come in pages, the newest first, also where several were found at once", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { integrity } = state;
    for (let number = 0; number < 10; number++) {
      await integrity.putFinding({ ...finding, id: `f${number}`, foundAt: noon + Math.floor(number / 4) });
    }
    const seen: string[] = [];
    for (let after: string | undefined, page = [finding]; page.length > 0; after = page.at(-1)?.id) {
      page = await integrity.findings({}, { limit: 3, ...(after === undefined ? {} : { after }) });
      seen.push(...page.map(({ id }) => id));
    }
    assert.deepEqual(seen, ["f9", "f8", "f7", "f6", "f5", "f4", "f3", "f2", "f1", "f0"]);
    assert.deepEqual(await integrity.findings({}, { limit: 3, after: "nobody's" }), []);
  });

  test("findings are found by account and by any part of their time", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { integrity } = state;
    await integrity.putFinding(finding);
    await integrity.putFinding({ ...finding, id: "instant", from: noon + hour, to: noon + hour });
    await integrity.putFinding({ ...finding, id: "other", accountId: "444455556666", from: 0, to: 9 });
    const ids = async (ask: Parameters<typeof integrity.findings>[0]) =>
      (await integrity.findings(ask, { limit: 9 })).map(({ id }) => id);
    assert.deepEqual(await ids({ accountId: "444455556666" }), ["other"]);
    assert.deepEqual(await ids({ from: noon + hour / 2 }), [finding.id, "instant"]);
    assert.deepEqual(await ids({ from: noon + hour }), ["instant"]);
    assert.deepEqual(await ids({ from: 1, to: noon + 1 }), ["other", finding.id]);
    assert.deepEqual(await ids({ from: 9, to: noon }), []);
  });

  test("words of verifying last, and what was never set is nothing", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { integrity } = state;
    assert.equal(await integrity.setting("sampled"), undefined);
    await integrity.setSetting("sampled", { at: noon });
    await integrity.setSetting("sampled", { at: noon + 1, half: "\ud83d\0" });
    assert.deepEqual(await integrity.setting("sampled"), { at: noon + 1, half: "\ud83d\0" });
  });
});
