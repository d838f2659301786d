import assert from "node:assert/strict";
import { test } from "node:test";
import { spokenName } from "./command.ts";
import { commands } from "./commands/index.ts";
import { CommandError } from "./errors.ts";
import { findCommand, unknownCommand } from "./find-command.ts";

test("every command is found by its name, and by its words", () => {
  for (const command of commands) {
    for (const words of [[command.name], spokenName(command).split(" ")]) {
      assert.deepEqual(findCommand(commands, [...words, "a", "b"]), { command, rest: ["a", "b"] });
      assert.deepEqual(findCommand(commands, words), { command, rest: [] });
    }
  }
});

test("no command has more than three words, and none that has a positional has a longer one beside it", () => {
  for (const command of commands) {
    assert.match(command.name, /^[a-z]+(-[a-z]+){0,2}$/);
    const hasLonger = commands.some(({ name }) => name.startsWith(`${command.name}-`));
    assert.ok(!hasLonger || command.usage === "", command.name);
  }
});

const unknown: readonly (readonly [words: readonly string[], message: string, help: RegExp])[] = [
  [["serach"], "There is no command serach", /^Did you mean search\?$/],
  [["sandbox", "shwo"], "There is no command sandbox shwo", /^Did you mean sandbox show\?$/],
  [["sandbox-shwo"], "There is no command sandbox-shwo", /^Did you mean sandbox show\?$/],
  [["source"], "Say what about source", /^There is source add, source check, .*source list/],
  [["source", "lst"], "There is no command source lst", /^Did you mean source list\?$/],
  [["source", "marvellous"], "There is no command source marvellous", /^There is source add,/],
  [["suorce", "list"], "There is no command suorce", /^Did you mean source\?$/],
  [["xyzzy"], "There is no command xyzzy", /^See trailwarden --help$/],
];

test("a command that is none is answered with what was probably meant", () => {
  for (const [words, message, help] of unknown) {
    assert.throws(
      () => unknownCommand(commands, words),
      (error) => {
        assert.ok(error instanceof CommandError);
        assert.equal(error.message, message);
        assert.match(error.help ?? "", help);
        return true;
      },
    );
  }
});
