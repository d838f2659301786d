import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeploymentRow, HistoryRow, RunRow } from "./deployment-table.ts";
import { noon, onEveryEngine } from "./engines.fixture.ts";

const payments: DeploymentRow = {
  name: "payments",
  content: { accountId: "111122223333", list: [1, null, "ä"] },
  createdAt: noon,
};

const run: RunRow = {
  id: "01-a",
  deployment: "payments",
  status: "running",
  startedAt: noon,
  content: { steps: [{ status: "waiting", before: null }] },
};

const entry: HistoryRow = { id: "01", deployment: "payments", at: noon, content: { kind: "drift" } };

await onEveryEngine("deployments", ({ makePlace }) => {
  test("deployments last with their secrets and the wiring that was agreed on, and have one name each", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      const { deployments } = state;
      await deployments.add(payments);
      await deployments.add({ ...payments, name: "Logs" });
      await assert.rejects(deployments.add({ ...payments, content: {} }), { code: "deployment-exists" });
      await deployments.setSecrets("payments", { secretAccessKey: "geheim" });
      await deployments.setSecrets("payments", { secretAccessKey: "geheimer" });
      assert.equal(await deployments.agreed("payments"), undefined);
      await deployments.setAgreed("payments", { readAt: noon, values: { topic: true } });
      await deployments.change("payments", { depth: "care" });
    }
    await using state = await place.open();
    const { deployments } = state;
    assert.deepEqual(await deployments.list(), [
      { ...payments, name: "Logs" },
      { ...payments, content: { depth: "care" } },
    ]);
    assert.deepEqual(await deployments.get("payments"), { ...payments, content: { depth: "care" } });
    assert.deepEqual(await deployments.secrets("payments"), { secretAccessKey: "geheimer" });
    assert.deepEqual(await deployments.secrets("Logs"), {});
    assert.deepEqual(await deployments.agreed("payments"), { readAt: noon, values: { topic: true } });
    await deployments.setAgreed("payments", undefined);
    assert.equal(await deployments.agreed("payments"), undefined);
  });

  test("what goes with a deployment are its secrets and agreed wiring; runs and history stay", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { deployments } = state;
    await deployments.add(payments);
    await deployments.setSecrets("payments", { token: "geheim" });
    await deployments.setAgreed("payments", { readAt: 1 });
    await deployments.putRun(run);
    await deployments.putHistory(entry);
    assert.deepEqual([await deployments.remove("payments"), await deployments.remove("payments")], [true, false]);
    assert.equal(await deployments.get("payments"), undefined);
    await deployments.add(payments);
    assert.deepEqual(await deployments.secrets("payments"), {});
    assert.equal(await deployments.agreed("payments"), undefined);
    assert.deepEqual(await deployments.runs("payments", 9), [run]);
    assert.deepEqual(await deployments.history("payments", { limit: 9 }), [entry]);
  });

  test("a run is replaced by its id, and the newest come first", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { deployments } = state;
    for (const one of [run, { ...run, id: "03-c", startedAt: noon + 9 }, { ...run, id: "02-b", startedAt: noon + 9 }]) {
      await deployments.putRun(one);
    }
    await deployments.putRun({ ...run, id: "04-d", deployment: "logs" });
    const ended = { ...run, status: "done", content: { steps: [] } };
    await deployments.putRun(ended);
    assert.deepEqual(await deployments.getRun("01-a"), ended);
    assert.equal(await deployments.getRun("nobody"), undefined);
    const ids = (await deployments.runs("payments", 9)).map(({ id }) => id);
    assert.deepEqual(ids, ["03-c", "02-b", "01-a"]);
    assert.equal((await deployments.runs("payments", 2)).length, 2);
  });

  test("history comes in pages, the newest first, and an entry is replaced by its id", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { deployments } = state;
    for (const id of ["02", "01", "b", "B"]) await deployments.putHistory({ ...entry, id });
    await deployments.putHistory({ ...entry, id: "03", deployment: "logs" });
    await deployments.putHistory({ ...entry, id: "02", at: noon + 1, content: { kind: "repaired" } });
    const page = await deployments.history("payments", { limit: 2 });
    const rest = await deployments.history("payments", { limit: 9, before: page.at(-1)?.id ?? "" });
    assert.deepEqual(
      [...page, ...rest].map(({ id }) => id),
      ["b", "B", "02", "01"],
    );
    assert.deepEqual(rest[0], { ...entry, id: "02", at: noon + 1, content: { kind: "repaired" } });
  });

  test("texts that an engine would refuse come back as they were, or as near as it can", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { deployments } = state;
    const content = { actor: "zero\0", half: "\ud83d" };
    await deployments.add({ ...payments, name: "odd\0", content });
    assert.deepEqual((await deployments.get("odd\0"))?.content, content);
    await deployments.setAgreed("odd\0", content);
    assert.deepEqual(await deployments.agreed("odd\0"), content);
    await deployments.putRun({ ...run, id: "r\0", content });
    assert.deepEqual((await deployments.getRun("r\0"))?.content, content);
    await deployments.putHistory({ ...entry, id: "h\0", content });
    assert.deepEqual((await deployments.history("payments", { limit: 1 }))[0]?.content, content);
  });
});
