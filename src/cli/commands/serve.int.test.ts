import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { readEnvironment, readServerFile } from "../../config/index.ts";
import type { CommandContext } from "../command.ts";
import { serveCommand } from "./serve.ts";

/** Starts the server, takes what it says, and ends it at the last of its words. */
async function serve(data: string, isDataShown: boolean): Promise<{ data: string; talk: string; token: string }> {
  const said = { data: "", talk: "", token: "" };
  const stop = new AbortController();
  const context: CommandContext = {
    terminal: {
      data: async (text) => {
        said.data += String(text);
        said.token = (await readServerFile(data))?.token ?? "";
      },
      talk: (line) => {
        said.talk += `${line}\n`;
        if (line.startsWith("Press Ctrl-C")) stop.abort();
      },
      status: () => undefined,
      isInteractive: isDataShown,
      isDataShown,
      hasColor: false,
      columns: 80,
    },
    environment: readEnvironment({}),
    program: "",
    now: Date.now,
    workingDirectory: data,
    signal: stop.signal,
  };
  assert.equal(await serveCommand.run({ words: [], positionals: [], values: { data, port: "0" } }, context), 0);
  return said;
}

test("on a terminal the address carries the token, which the console takes; elsewhere nothing that is printed does", async () => {
  using folder = makeTemporaryFolder();
  const data = join(folder.path, "data");
  const shown = await serve(data, true);
  assert.match(shown.data, /^Trailwarden is at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  assert.ok(shown.data.includes(`#token=${shown.token}\n`));
  const piped = await serve(data, false);
  assert.match(piped.data, /^Trailwarden is at http:\/\/127\.0\.0\.1:\d+\/\n$/);
  assert.ok(!`${piped.data}${piped.talk}`.includes(piped.token));
  assert.ok(piped.talk.includes(join(data, "server.json")));
});
