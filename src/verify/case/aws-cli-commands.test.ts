import assert from "node:assert/strict";
import { test } from "node:test";
import { MadeChain } from "../made-chain.fixture.ts";
import { MadeWorld } from "./made-case.fixture.ts";

interface Command {
  readonly words: readonly string[];
  readonly organizationId: string;
  readonly digests: number;
}

async function commandsOf(world: MadeWorld, query: string): Promise<readonly Command[]> {
  const files = await world.open({ query });
  return (JSON.parse(files.get("manifest.json")?.toString("utf8") ?? "") as { awsCli: readonly Command[] }).awsCli;
}

function option(command: Command | undefined, name: string): string | undefined {
  return command?.words[command.words.indexOf(name) + 1];
}

function wordOf(world: MadeWorld, index: number): string {
  return (JSON.parse(world.logFiles[index]?.records[0]?.toString("utf8") ?? "") as { eventID: string }).eventID;
}

test("a command spans the digest that names the case's log file, and neither of its neighbours", async () => {
  const world = new MadeWorld([new MadeChain().add(5)]);
  const [command, ...others] = await commandsOf(world, wordOf(world, 7));
  assert.deepEqual(others, []);
  assert.deepEqual(command?.words, [
    "cloudtrail",
    "validate-logs",
    "--region",
    "eu-west-1",
    "--trail-arn",
    "arn:aws:cloudtrail:eu-west-1:111122223333:trail/made",
    "--s3-bucket",
    "made-trail",
    "--start-time",
    "2026-03-01T12:01:32Z",
    "--end-time",
    "2026-03-01T13:01:30Z",
    "--verbose",
  ]);
});

test("digests between that name nothing belong to the same command, those that name others end it", async () => {
  const idle = new MadeChain().add(1).add(3, { files: 0 }).add(1);
  const one = await commandsOf(new MadeWorld([idle]), "");
  assert.deepEqual(
    one.map(({ digests }) => digests),
    [5],
  );
  const busy = new MadeWorld([new MadeChain().add(5)]);
  const [first, last] = [busy.logFiles[0], busy.logFiles[12]];
  const files = await busy.open(
    {},
    {
      async *records() {
        for (const file of [first, last]) {
          const [raw] = file?.records ?? [];
          if (raw !== undefined) yield { raw, eventId: "", accountId: "", time: 0, logFile: file?.id ?? "" };
        }
      },
    },
  );
  const { awsCli } = JSON.parse(files.get("manifest.json")?.toString("utf8") ?? "") as { awsCli: readonly Command[] };
  assert.deepEqual(
    awsCli.map(({ digests }) => digests),
    [1, 1],
  );
});

test("a digest that follows after a few minutes is kept out by an earlier end", async () => {
  const chain = new MadeChain().add(2);
  chain.addOne({ endsAt: chain.end + 60_000 });
  const world = new MadeWorld([chain]);
  const [command] = await commandsOf(world, wordOf(world, 3));
  // The last one ends at 12:02:31; the AWS CLI looks an hour beyond its end time.
  assert.equal(option(command, "--end-time"), "2026-03-01T11:02:30Z");
});

test("an organization's trail is asked for with its account, in its region's partition", async () => {
  const chain = new MadeChain({ organizationId: "o-exampleorg", region: "cn-north-1" }).add(2);
  const [command] = await commandsOf(new MadeWorld([chain]), "");
  assert.equal(command?.organizationId, "o-exampleorg");
  assert.equal(option(command, "--account-id"), "111122223333");
  assert.equal(command?.words.includes("--s3-bucket"), false);
  assert.equal(option(command, "--trail-arn"), "arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/made");
});
