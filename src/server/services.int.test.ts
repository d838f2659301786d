import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { openServices } from "./services.ts";

test("a state that belongs to the events of another data folder is refused", async () => {
  using place = makeTemporaryFolder();
  const [one, other] = [join(place.path, "one"), join(place.path, "other")];
  for (const dataDirectory of [one, other, one]) {
    await using services = await openServices({ dataDirectory, now: Date.now });
    assert.deepEqual(await services.collector.list(), []);
  }
  await cp(join(one, "state"), join(other, "state"), { recursive: true, force: true });
  await assert.rejects(openServices({ dataDirectory: other, now: Date.now }), { code: "state-elsewhere" });
});
