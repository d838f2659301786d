import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { systemClock } from "../../base/clock.ts";
import { kindView, readSettings } from "../collector/source-settings.ts";
import type { Intake } from "../intake/intake.ts";
import { sourceKinds } from "./source-kinds.ts";
import { openSourcePlace, type SourcePlace } from "./source-place.fixture.ts";

/** What every kind of source keeps to. A new one takes part as soon as it has settings here. */
const settingsOf: Readonly<Record<string, (endpoint: string, folder: string) => Readonly<Record<string, unknown>>>> = {
  queue: (endpoint) => ({ queueUrl: `${endpoint}/111122223333/files`, region: "eu-central-1", endpoint }),
  bucket: (endpoint) => ({ bucket: "example-logs", region: "eu-central-1", endpoint }),
  lookup: (endpoint) => ({ region: "eu-central-1", regions: ["eu-central-1"], endpoint }),
  events: (endpoint) => ({ queueUrl: `${endpoint}/111122223333/bus`, region: "eu-central-1", endpoint }),
  folder: (_endpoint, folder) => ({ path: folder, everySeconds: 1 }),
  push: () => ({}),
};
const secrets = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made-up" };

/** Nothing is stored in these tests. */
const noIntake: Intake = {
  room: () => Promise.reject(new Error("Nothing is to be fetched")),
  take: () => Promise.reject(new Error("Nothing is to be stored")),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

let nonsense: Server;
let endpoint = "";
before(async () => {
  nonsense = createServer((message, response) => {
    message.resume();
    response.writeHead(200, { "content-type": "text/html" }).end("<html>A proxy's page");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => nonsense.once("listening", resolve));
  endpoint = `http://127.0.0.1:${(nonsense.address() as AddressInfo).port}`;
});
after(() => {
  nonsense.closeAllConnections();
  nonsense.close();
});

const nobody = "http://127.0.0.1:1";

test("each kind of source is told of by its own name", () => {
  const types = sourceKinds.map(({ type }) => type);
  assert.deepEqual(types, [...new Set(types)]);
  assert.deepEqual(new Set(types), new Set(Object.keys(settingsOf)));
});

for (const kind of sourceKinds) {
  describe(`a ${kind.type} source`, () => {
    const settingsAt = (place: string, folder = "/nowhere") =>
      readSettings(kind, settingsOf[kind.type]?.(place, folder) ?? {});
    const open = (place: string, folder?: string): Promise<SourcePlace> => {
      const access = kind.access?.(settingsAt(place, folder));
      return openSourcePlace({
        clock: systemClock,
        secrets,
        intake: noIntake,
        ...(access === undefined ? {} : { access }),
      });
    };

    test("says what it is, what it needs, and what each setting means", () => {
      const view = kindView(kind);
      assert.match(view.summary, /^[A-Z].*[^.]$/s);
      const { properties } = view.settings as {
        readonly properties: Record<string, { readonly description?: string }>;
      };
      for (const [name, { description }] of Object.entries(properties)) {
        assert.match(description ?? "", /^[A-Z].*[^.]$/s, name);
        assert.match(name, /^[a-z][A-Za-z]*$/);
      }
      for (const { action, purpose } of view.permissions) {
        assert.match(action, /^[a-z0-9]+:[A-Z][A-Za-z0-9]*$/);
        assert.match(purpose, /^to /);
      }
      assert.ok(kind.place(settingsAt(endpoint)).length > 0);
      assert.ok(kind.quietAfterMs(settingsAt(endpoint)) >= 60_000);
    });

    test("refuses settings that it does not know, and names them", () => {
      const given = { ...settingsOf[kind.type]?.(endpoint, "/nowhere"), colour: "red" };
      assert.throws(() => readSettings(kind, given), { code: "source-settings-invalid", message: /colour/ });
    });

    for (const [what, place] of [
      ["nobody answers", () => nobody],
      ["somebody else answers", () => endpoint],
    ] as const) {
      test(`finds out, and goes on trying, where ${what}`, async () => {
        await using around = await open(place());
        const { context, watch, stopping } = around;
        const settings = settingsAt(place(), "/nowhere");
        for await (const finding of kind.check(settings, context)) {
          assert.match(finding.sentence, /^[A-Z].*[^.]$/s);
          if (!finding.isGood) assert.match(finding.help ?? "", /^[A-Z]/);
        }
        const running = kind.run(settings, context).then(
          () => "ended",
          (error: unknown) => error,
        );
        const needsPlace = kind.access?.(settings) !== undefined || kind.type === "folder";
        for (let turn = 0; turn < 4_000 && needsPlace && watch.troubles.length === 0; turn++) await pause();
        if (needsPlace) assert.ok((watch.troubles[0]?.sentence ?? "") !== "", "it tells what stands in the way");
        stopping.abort(new DOMException("Stopped", "AbortError"));
        const outcome = await running;
        assert.ok(outcome === "ended" || (outcome as Error).name === "AbortError", String(outcome));
      });
    }

    test("ends when it is stopped, before and after it has begun", async () => {
      await using around = await open(endpoint);
      mkdirSync(`${around.folder}/watched`);
      around.stopping.abort(new DOMException("Stopped", "AbortError"));
      const settings = settingsAt(endpoint, `${around.folder}/watched`);
      await kind.run(settings, around.context).catch((error: Error) => assert.equal(error.name, "AbortError"));
    });
  });
}

/** Lets what is under way go on. */
async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 25));
}
