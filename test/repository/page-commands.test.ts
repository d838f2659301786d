import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findCommand } from "../../src/cli/find-command.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { readArguments } from "../../src/cli/read-arguments.ts";
import { readSettings } from "../../src/cli/source-settings.ts";
import { knownKinds } from "../../src/collect/index.ts";
import { sourceKinds } from "../../src/collect/sources/source-kinds.ts";
import { root } from "./sources.fixture.ts";

const pages = ["README.md", ...globSync("docs/*.md", { cwd: root })].filter((page) => page !== "docs/commands.md");

interface PageCommand {
  readonly page: string;
  readonly line: string;
}

/** The commands in the blocks of a page that are meant for a shell. */
function commandsOf(page: string): PageCommand[] {
  const blocks = [...readFileSync(join(root, page), "utf8").matchAll(/```(?:sh|console)\n([\s\S]*?)```/g)];
  return blocks
    .flatMap(([, block = ""]) => block.replaceAll(/ \\\n\s*/g, " ").split("\n"))
    .flatMap((line) => {
      const [, command] = /^(?:\$ )?(?:npx )?trailwarden (.*)$/.exec(line) ?? [];
      return command === undefined ? [] : [{ page, line: command }];
    });
}

/** A line's words, as a shell reads them: quotes, comments, and where another program takes over. */
function wordsOf(line: string): string[] {
  const whole = line.replace(/\s(?:#|\||>).*$/, "");
  return [...whole.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
}

const all = pages.flatMap(commandsOf);

test("every command on a page is one that there is, with options that it takes", async () => {
  assert.ok(all.length > 40);
  for (const { page, line } of all) {
    const words = wordsOf(line);
    const found = findCommand(commands, words);
    assert.ok(found, `${page}: ${line}`);
    const { command, rest } = found;
    if (rest.includes("--help")) continue;
    const options = await command.optionsFor?.(rest);
    assert.doesNotThrow(() => readArguments(command, rest, options), `${page}: ${line}`);
    if (command.usage === "")
      assert.deepEqual(readArguments(command, rest, options).positionals, [], `${page}: ${line}`);
  }
});

test("every source that a page adds could be added", async () => {
  const adding = all.filter(({ line }) => line.startsWith("source add "));
  assert.ok(adding.length > 5);
  const added = new Set<string>();
  for (const { page, line } of adding) {
    const found = findCommand(commands, wordsOf(line));
    assert.ok(found);
    const { command, rest } = found;
    const args = readArguments(command, rest, await command.optionsFor?.(rest));
    const [type, name = ""] = args.positionals;
    const view = knownKinds().find((kind) => kind.type === type);
    const kind = sourceKinds.find((one) => one.type === type);
    assert.ok(view && kind, `${page}: ${line}`);
    assert.match(name, /^[a-z0-9][a-z0-9-]*$/);
    const read = kind.settings.safeParse(readSettings({ type: view.type, settings: { ...view.settings } }, args));
    assert.ok(read.success, `${page}: ${line}: ${read.error?.message}`);
    added.add(kind.type);
  }
  assert.deepEqual([...added].toSorted(), sourceKinds.map((kind) => kind.type).toSorted());
});
