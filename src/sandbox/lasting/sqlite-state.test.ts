import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { openState } from "./sqlite-state.ts";

test("what was put is there again after the file was opened anew", () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-"));
  try {
    const path = join(folder, "inner", "state.sqlite");
    const state = openState(path);
    state.collection<{ n: number }>("a/things").put("one", { n: 1 });
    state.collection<{ n: number }>("a/things").put("two", { n: 2 });
    state.collection<{ n: number }>("b/things").put("one", { n: 3 });
    state.collection("a/things").delete("two");
    state.close();
    const again = openState(path);
    assert.deepEqual([...again.collection("a/things").entries()], [["one", { n: 1 }]]);
    assert.deepEqual([...again.collection("b/things").entries()], [["one", { n: 3 }]]);
    again.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("changes that go together are written together or not at all", () => {
  const state = openState(":memory:");
  const things = state.collection<number>("things");
  things.put("kept", 1);
  const fail = () =>
    state.together(() => {
      things.put("kept", 2);
      things.put("new", 3);
      state.collection<number>("made meanwhile").put("x", 1);
      throw new Error("no");
    });
  assert.throws(fail, /no/);
  assert.deepEqual([...things.entries()], [["kept", 1]]);
  assert.equal(state.collection("made meanwhile").size, 0);
  state.together(() => state.together(() => things.put("kept", 4)));
  assert.equal(things.get("kept"), 4);
  state.close();
});

test("a collection lists like a sorted map, by prefix", () => {
  const change = fc.record({ key: fc.string({ maxLength: 3 }), isPut: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change), fc.string({ maxLength: 2 }), (changes, prefix) => {
      const state = openState(":memory:");
      const things = state.collection<string>("things");
      const model = new Map<string, string>();
      for (const { key, isPut } of changes) {
        if (isPut) {
          things.put(key, key);
          model.set(key, key);
        } else assert.equal(things.delete(key), model.delete(key));
      }
      const expected = [...model.keys()].sort().filter((key) => key.startsWith(prefix));
      assert.deepEqual([...things.values(prefix)], expected);
      assert.equal(things.size, model.size);
      state.close();
    }),
    { seed: 20_261_121, numRuns: 100 },
  );
});

test("things may come and go while a collection is being listed", () => {
  const state = openState(":memory:");
  const things = state.collection<number>("things");
  for (const key of ["a", "b", "c", "d"]) things.put(key, 1);
  const seen: string[] = [];
  for (const [key] of things.entries()) {
    seen.push(key);
    if (key === "b") {
      things.delete("b");
      things.delete("c");
      things.put("e", 1);
      things.put("aa", 1);
    }
  }
  assert.deepEqual(seen, ["a", "b", "d", "e"]);
  state.close();
});
