import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, noon, onEveryEngine } from "./engines.fixture.ts";
import type { RulePackageRow, RuleSettingRow } from "./rule-table.ts";

const setting: RuleSettingRow = { rule: "one", status: "staged", changedAt: noon, content: { note: "a\0b\ud800" } };
const sigma: RulePackageRow = {
  name: "sigma",
  origin: "sigma_core.zip",
  license: "DRL 1.1",
  author: "SigmaHQ",
  version: "r2026-08-01",
  importedAt: noon,
};

await onEveryEngine("rules", ({ makePlace }) => {
  test("what was settled about a rule is there after a restart, until it is replaced or removed", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.rules.putSetting(setting);
      await state.rules.putSetting({ ...setting, rule: "Two", status: "off", content: undefined });
    }
    await using state = await place.open();
    assert.deepEqual(await state.rules.settings(), [
      { ...setting, rule: "Two", status: "off", content: null },
      { ...setting },
    ]);
    await state.rules.putSettings([{ ...setting, status: "on", changedAt: noon + hour }]);
    await state.rules.removeSettings(["Two", "Three"]);
    assert.deepEqual(await state.rules.settings(), [{ ...setting, status: "on", changedAt: noon + hour }]);
  });

  test("a status that a newer program wrote is off: nothing runs by a word that is not known", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.rules.putSetting(setting);
    await place.run("UPDATE rule_settings SET status = 'sometimes'");
    assert.equal((await state.rules.settings())[0]?.status, "off");
  });

  test("a package is replaced whole, and goes with its files", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const files = Array.from({ length: 450 }, (_, at) => ({ path: `a/${String(at).padStart(3, "0")}.yml`, text: "t" }));
    await state.rules.putPackage(sigma, files);
    await state.rules.putPackage({ ...sigma, name: "other" }, [{ path: "x.yml", text: "title: \0x" }]);
    assert.deepEqual(await state.rules.files("sigma"), files);
    assert.deepEqual(await state.rules.files("other"), [{ path: "x.yml", text: "title: \ufffdx" }]);
    await state.rules.putPackage({ ...sigma, version: "next" }, files.slice(0, 1));
    assert.deepEqual(await state.rules.packages(), [
      { ...sigma, name: "other" },
      { ...sigma, version: "next" },
    ]);
    assert.deepEqual(await state.rules.files("sigma"), files.slice(0, 1));
    await state.rules.removePackage("sigma");
    assert.deepEqual(await state.rules.files("sigma"), []);
    assert.deepEqual(
      (await state.rules.packages()).map(({ name }) => name),
      ["other"],
    );
  });

  test("things with a name are told by their kind", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const item = { kind: "tuning", name: "drill", changedAt: noon, content: { query: "user:drill" } };
    await state.rules.putItem(item);
    await state.rules.putItem({ ...item, kind: "values" });
    await state.rules.putItem({ ...item, content: { query: "user:other" }, changedAt: noon + hour });
    assert.deepEqual(await state.rules.items("tuning"), [
      { ...item, content: { query: "user:other" }, changedAt: noon + hour },
    ]);
    await state.rules.removeItem("tuning", "drill");
    assert.deepEqual(await state.rules.items("tuning"), []);
    assert.equal((await state.rules.items("values")).length, 1);
  });
});
