import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { spokenName } from "./command.ts";
import { commands } from "./commands/index.ts";
import { printCommandHelp, printHelp } from "./help.ts";

// After a change that is meant: node --test --test-update-snapshots src/cli/help.test.ts
const golden = fileURLToPath(new URL("../../test/golden/", import.meta.url));
const asTheyStand = { serializers: [String] };

test("the help of the program is the one that was agreed on", (t) => {
  t.assert.fileSnapshot(printHelp(commands), `${golden}help.txt`, asTheyStand);
});

for (const command of commands) {
  test(`the help of ${command.name} is the one that was agreed on`, (t) => {
    t.assert.fileSnapshot(printCommandHelp(command), `${golden}help-${command.name}.txt`, asTheyStand);
  });

  test(`${command.name} says what it does in a sentence without full stop, with examples that call it`, () => {
    assert.match(command.summary, /^[A-Z].*[^.]$/);
    assert.ok(command.examples.length > 0);
    for (const example of command.examples)
      assert.ok(example.startsWith(`trailwarden ${spokenName(command)}`), example);
    for (const line of printCommandHelp(command).split("\n")) assert.ok(line.length <= 140, line);
  });
}

test("no help is kept of a command that is gone", () => {
  const kept = readdirSync(golden).filter((name) => name.startsWith("help"));
  assert.deepEqual(kept.toSorted(), ["help.txt", ...commands.map(({ name }) => `help-${name}.txt`)].toSorted());
});
