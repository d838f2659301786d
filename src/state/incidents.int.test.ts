import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, noon, onEveryEngine } from "./engines.fixture.ts";
import type { IncidentHistoryRow, IncidentRow } from "./incident-table.ts";

function incident(number: number, fields: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id: `incident-${number}`,
    number,
    state: "new",
    severity: "high",
    title: "A title",
    owner: "",
    accountIds: ["111122223333"],
    keys: [`actor:${number}`, "key:AKIA"],
    firstAt: noon,
    lastAt: noon + hour,
    openedAt: noon + hour,
    changedAt: noon + hour,
    silentUntil: undefined,
    mergedInto: undefined,
    content: { findings: 1 },
    ...fields,
  };
}

function line(incidentId: string, kind: string): Omit<IncidentHistoryRow, "number"> {
  return { incident: incidentId, at: noon, by: "", kind, content: { sentence: kind } };
}

function part(hits: number, rank = 2) {
  return { rank, from: noon, hits, content: { hits } };
}

await onEveryEngine("incidents", ({ makePlace }) => {
  test("an incident is written whole, and is there after a restart, whatever its texts hold", async () => {
    await using place = await makePlace();
    const odd = incident(1, { title: "\u0000 \ud800 é", content: { odd: "\u0000 \ud800" }, silentUntil: noon });
    {
      await using state = await place.open();
      await state.incidents.write({
        incidents: [odd],
        findings: [{ finding: "f1", incident: odd.id, part: part(3) }],
        history: [line(odd.id, "opened"), line(odd.id, "grew")],
        settings: { "read-to": 7 },
      });
    }
    await using state = await place.open();
    assert.deepEqual(await state.incidents.get(odd.id), { ...odd, title: "\u{fffd} \u{fffd} é" });
    assert.deepEqual(await state.incidents.withNumber(1), await state.incidents.get(odd.id));
    assert.deepEqual(await state.incidents.findingsOf(odd.id), ["f1"]);
    assert.deepEqual(
      (await state.incidents.history(odd.id)).map(({ number, kind }) => [number, kind]),
      [
        [1, "opened"],
        [2, "grew"],
      ],
    );
    assert.equal(await state.incidents.setting("read-to"), 7);
    assert.equal(await state.incidents.nextNumber(), 2);
  });

  test("a write that fails in its last step leaves nothing behind", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.incidents.write({ incidents: [incident(1)] });
    const second = { ...incident(2), number: 1 };
    await assert.rejects(
      state.incidents.write({
        incidents: [incident(3), second],
        history: [line("incident-3", "opened")],
        settings: { "read-to": 9 },
      }),
    );
    assert.equal(await state.incidents.get("incident-3"), undefined);
    assert.deepEqual(await state.incidents.historySince(0, 10), []);
    assert.equal(await state.incidents.setting("read-to"), undefined);
  });

  test("open ones are found by a key and a span; closed, merged and old ones are not", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.incidents.write({
      incidents: [
        incident(1),
        incident(2, { state: "closed" }),
        incident(3, { mergedInto: "incident-1" }),
        incident(4, { firstAt: noon - 9 * hour, lastAt: noon - 5 * hour }),
        incident(5, { keys: ["key:OTHER"] }),
      ],
    });
    const shared = await state.incidents.sharing(["key:AKIA", "key:none"], noon - hour, noon);
    assert.deepEqual(
      shared.map(({ id }) => id),
      ["incident-1"],
    );
    const before = await state.incidents.sharing(["actor:4"], noon - 5 * hour, noon - 4 * hour);
    assert.deepEqual(
      before.map(({ id }) => id),
      ["incident-4"],
    );
    // An account is no key that incidents share.
    await state.incidents.write({ incidents: [incident(1, { keys: ["key:NEW"] })] });
    assert.deepEqual(await state.incidents.sharing(["key:AKIA"], noon, noon), []);
  });

  test("lists go on behind the last one, most recent events first, and count by state", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.incidents.write({
      incidents: [1, 2, 3, 4].map((number) =>
        incident(number, {
          lastAt: noon + (number % 2) * hour,
          state: number === 4 ? "closed" : "new",
          accountIds: number === 3 ? ["444455556666", "111122223333"] : ["111122223333"],
        }),
      ),
    });
    const first = await state.incidents.list({}, { limit: 3 });
    assert.deepEqual(
      first.map(({ number }) => number),
      [3, 1, 4],
    );
    const rest = await state.incidents.list({}, { limit: 3, after: first.at(-1)?.id });
    assert.deepEqual(
      rest.map(({ number }) => number),
      [2],
    );
    const numbers = async (ask: Parameters<typeof state.incidents.list>[0]) =>
      (await state.incidents.list(ask, { limit: 10 })).map(({ number }) => number);
    assert.deepEqual(await numbers({ accountId: "444455556666" }), [3]);
    assert.deepEqual(await numbers({ states: ["closed"] }), [4]);
    assert.deepEqual(await numbers({ states: [] }), []);
    assert.deepEqual(await numbers({ severities: ["high"], key: "actor:2", owner: "" }), [2]);
    assert.deepEqual(await numbers({ from: noon + 1 }), [3, 1]);
    assert.deepEqual(await numbers({ to: noon }), []);
    assert.deepEqual(
      await state.incidents.count({}),
      new Map([
        ["new", 3],
        ["closed", 1],
      ]),
    );
  });

  test("findings move with a merge, change alone, and leave; the worst come first and all are counted", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.incidents.write({
      incidents: [incident(1), incident(2)],
      findings: [
        { finding: "a", incident: "incident-1", part: part(2) },
        { finding: "b", incident: "incident-2", part: part(5, 3) },
        { finding: "c", incident: "incident-2", part: part(1, 1) },
        { finding: "d", incident: "incident-2", part: part(9, 4) },
      ],
    });
    await state.incidents.write({
      incidents: [],
      moves: [{ from: "incident-2", to: "incident-1" }],
      findings: [
        { finding: "c", incident: "incident-2" },
        { finding: "d", incident: undefined },
      ],
    });
    assert.deepEqual(
      await state.incidents.incidentOf(["a", "b", "c", "d"]),
      new Map([
        ["a", "incident-1"],
        ["b", "incident-1"],
        ["c", "incident-2"],
      ]),
    );
    assert.deepEqual(
      await state.incidents.partsOf(["incident-1", "nothing"], 1),
      new Map([
        ["incident-1", { parts: [{ finding: "b", content: { hits: 5 } }], findings: 2 }],
        ["nothing", { parts: [], findings: 0 }],
      ]),
    );
  });

  test("context is found by actor or access key within a span, and forgotten when it is old", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const context = { finding: "f", actor: "alice", accessKey: "AKIA", from: noon, to: noon + hour, seenAt: noon };
    await state.incidents.write({
      incidents: [],
      context: [
        { ...context, content: { n: 1 } },
        { ...context, finding: "g", actor: "", accessKey: "", content: {} },
        { ...context, finding: "h", actor: "bob", seenAt: noon + hour, content: {} },
      ],
    });
    const near = async (actors: string[], accessKeys: string[], from = noon, to = noon) =>
      (await state.incidents.contextNear({ actors, accessKeys, from, to }, 10)).map(({ finding }) => finding);
    assert.deepEqual(await near(["alice"], []), ["f"]);
    assert.deepEqual(await near(["alice", ""], ["AKIA", ""]), ["f", "h"]);
    assert.deepEqual(await near(["alice"], [], noon + 2 * hour, noon + 3 * hour), []);
    await state.incidents.write({ incidents: [], forgetContextBefore: noon + 1 });
    assert.deepEqual(await near(["alice", "bob"], []), ["h"]);
  });

  test("what is muted is muted until its incident is open again; silences come and go", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const mute = { rule: "r", subject: "alice", incident: "incident-1", at: noon };
    await state.incidents.write({ incidents: [], mutes: [mute, { ...mute, at: noon + 1 }] });
    assert.deepEqual(await state.incidents.mutesOf(["alice", "bob"]), [{ ...mute, at: noon + 1 }]);
    await state.incidents.write({ incidents: [], unmuted: ["incident-1"] });
    assert.deepEqual(await state.incidents.mutesOf(["alice"]), []);
    const silence = {
      id: "s",
      until: noon,
      createdAt: 1,
      by: "me",
      reason: "a test",
      content: { scope: { rule: "r" } },
    };
    await state.incidents.putSilence(silence);
    await state.incidents.putSilence({ ...silence, until: noon + 5 });
    assert.deepEqual(await state.incidents.silences(), [{ ...silence, until: noon + 5 }]);
    await state.incidents.removeSilence("s");
    assert.deepEqual(await state.incidents.silences(), []);
  });
});
