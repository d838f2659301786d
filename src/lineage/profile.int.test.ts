import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { importFiles } from "../collect/index.ts";
import { compileMatcher } from "../predicate/index.ts";
import { EventStore } from "../store/index.ts";
import { actorOf } from "./actor-of.ts";
import { actorProfile, eventsOf } from "./profile.ts";

const account = "111122223333";
const day = 86_400_000;
const start = Date.UTC(2026, 9, 31);

let folder: TemporaryFolder;
let store: EventStore;

function session(role: string, name: string, more: object = {}) {
  return {
    type: "AssumedRole",
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    sessionContext: { sessionIssuer: { userName: role, arn: `arn:aws:iam::${account}:role/${role}` }, ...more },
  };
}

const identities = {
  root: { type: "Root", accountId: account, arn: `arn:aws:iam::${account}:root` },
  user: { type: "IAMUser", accountId: account, userName: "mary", arn: `arn:aws:iam::${account}:user/team/mary` },
  role: session("Deploy", "run-1001"),
  person: session("Deploy", "mary.major"),
  source: session("Deploy", "run-1002", { sourceIdentity: "john.doe@example.com" }),
  service: { type: "AWSService", invokedBy: "ec2.amazonaws.com" },
  saml: { type: "SAMLUser", userName: "team/mary", identityProvider: "idp/x" },
  account: { type: "AWSAccount", accountId: "444455556666", principalId: "AROAX:run-1" },
  center: { type: "IdentityCenterUser", accountId: account, onBehalfOf: { userId: "9067f2a" } },
};

/** Of each one event long before, two in the span that is asked about, and three after it. */
const records = Object.values(identities).flatMap((userIdentity, index) =>
  [-40, -2, -1, 0, 1, 2].map((days, number) =>
    makeRecord(index * 10 + number, {
      userIdentity,
      eventTime: new Date(start + days * day + 1000).toISOString(),
      eventName: days < 0 ? "ListBuckets" : "DeleteTrail",
      sourceIPAddress: days === -1 ? "198.51.100.1" : "203.0.113.7",
    }),
  ),
);

before(async () => {
  folder = makeTemporaryFolder();
  store = await EventStore.open({ directory: join(folder.path, "data"), now: () => start });
  writeFileSync(join(folder.path, "log.json"), makeLogFile(records));
  const request = { paths: [join(folder.path, "log.json")], workingDirectory: folder.path };
  await importFiles(request, { store, now: () => start });
});
after(async () => {
  await store[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

for (const [title, userIdentity] of Object.entries(identities)) {
  test(`what is usual is told of the span that is asked about: ${title}`, async () => {
    const profile = await actorProfile(store, actorOf({ userIdentity }), { from: start - 30 * day, to: start });
    // a role stands for all of its sessions, those of persons among them
    const times = title === "role" ? 3 : 1;
    assert.deepEqual(profile, {
      firstSeen: start - 40 * day + 1000,
      events30d: 2 * times,
      usualAddresses: [
        { value: "198.51.100.1", count: times },
        { value: "203.0.113.7", count: times },
      ],
      usualCalls: [{ value: "ListBuckets", count: 2 * times }],
    });
  });
}

test("every event of an actor fits what its events are asked for by", () => {
  for (const [title, userIdentity] of Object.entries(identities)) {
    const record = makeRecord(0, { userIdentity });
    const predicate = eventsOf(actorOf(record));
    assert.ok(predicate !== undefined && compileMatcher(predicate)(record, JSON.stringify(record)), title);
  }
});

test("of a caller of whom nothing is told nothing is known", async () => {
  const profile = await actorProfile(store, actorOf({}), { from: start, to: start + day });
  assert.deepEqual(profile, { firstSeen: undefined, events30d: 0, usualAddresses: [], usualCalls: [] });
});
