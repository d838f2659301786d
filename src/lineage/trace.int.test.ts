import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { SteppedClock } from "../base/clock.ts";
import { importFiles } from "../collect/index.ts";
import { EventStore } from "../store/index.ts";
import type { Lineage } from "./actor.ts";
import { traceLineage } from "./trace.ts";

const [home, shop] = ["111122223333", "444455556666"];
const start = Date.UTC(2026, 9, 1, 8);
const minute = 60_000;
const signal = new AbortController().signal;

let folder: TemporaryFolder;
let store: EventStore;
let number = 0;

type Fields = Readonly<Record<string, unknown>>;

function at(minutes: number): string {
  return new Date(start + minutes * minute).toISOString().replace(".000Z", "Z");
}

function event(minutes: number, fields: Fields): Record<string, unknown> {
  return makeRecord((number += 1), { eventTime: at(minutes), ...fields });
}

function user(name: string, accessKeyId: string, account = home): Fields {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return { type: "IAMUser", accountId: account, userName: name, arn, accessKeyId };
}

function session(account: string, role: string, name: string, key: string, more: Fields = {}): Fields {
  return {
    type: "AssumedRole",
    principalId: `AROA${role.toUpperCase()}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: { type: "Role", userName: role, arn: `arn:aws:iam::${account}:role/${role}`, accountId: account },
      ...more,
    },
  };
}

/** The event that a call to STS leaves, with the key that it gave. */
function issue(minutes: number, eventName: string, caller: Fields, key: string, more: Fields = {}): Fields {
  return event(minutes, {
    eventSource: "sts.amazonaws.com",
    eventName,
    userIdentity: caller,
    recipientAccountId: caller["accountId"],
    responseElements: { credentials: { accessKeyId: key, expiration: "later" } },
    ...more,
  });
}

const keys = ["ASIAMADEUPKEY0000001", "ASIAMADEUPKEY0000002", "ASIAMADEUPKEY0000003", "ASIAMADEUPKEY0000004"] as const;
const lasting = "AKIAMADEUPKEY0000001";
const foreign = { type: "AWSAccount", principalId: "AROAHOP:mary", accountId: home };

const chain = [
  issue(0, "GetSessionToken", user("mary", lasting), keys[0]),
  issue(10, "AssumeRole", user("mary", keys[0]), keys[1]),
  issue(20, "AssumeRole", session(home, "Hop", "run-1001", keys[1]), keys[2], { sharedEventID: "one" }),
  // the other account's record of the same call, which does not know who called
  issue(20, "AssumeRole", foreign, keys[2], { sharedEventID: "one", recipientAccountId: shop }),
  issue(30, "AssumeRole", session(shop, "Audit", "run-1002", keys[2]), keys[3]),
];

const others = [
  issue(0, "AssumeRole", foreign, "ASIAMADEUPKEY0000010", { recipientAccountId: shop }),
  issue(
    0,
    "AssumeRoleWithSAML",
    { type: "SAMLUser", userName: "mary", identityProvider: "idp" },
    "ASIAMADEUPKEY0000011",
  ),
  issue(0, "AssumeRole", { type: "AWSService", invokedBy: "ec2.amazonaws.com" }, "ASIAMADEUPKEY0000012"),
  event(5, {
    eventSource: "iam.amazonaws.com",
    eventName: "CreateAccessKey",
    userIdentity: user("mallory", "AKIAMADEUPKEY0000009"),
    responseElements: { accessKey: { userName: "backup", accessKeyId: "AKIAMADEUPKEY0000008" } },
  }),
  event(50, {
    eventSource: "signin.amazonaws.com",
    eventName: "SwitchRole",
    userIdentity: session(home, "Admin", "zoe", ""),
    additionalEventData: { SwitchFrom: `arn:aws:iam::${home}:user/zoe` },
    responseElements: { SwitchRole: "Success" },
  }),
  event(45, {
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    userIdentity: user("zoe", ""),
    responseElements: { ConsoleLogin: "Success" },
  }),
  issue(
    60,
    "AssumeRoleWithSAML",
    { type: "SAMLUser", userName: "otto", identityProvider: "idp" },
    "ASIANEVERUSED000001",
    {
      responseElements: {
        credentials: { accessKeyId: "ASIANEVERUSED000001" },
        assumedRoleUser: { arn: `arn:aws:sts::${home}:assumed-role/Admin/otto` },
      },
    },
  ),
  // two that name each other's keys, which AWS would never write
  issue(0, "AssumeRole", session(home, "Ring", "a", "ASIAMADEUPRING000001"), "ASIAMADEUPRING000002"),
  issue(0, "AssumeRole", session(home, "Ring", "b", "ASIAMADEUPRING000002"), "ASIAMADEUPRING000001"),
  // a key that stands in a request was given to nobody
  event(0, {
    eventName: "GetAccessKeyLastUsed",
    userIdentity: user("mallory", "AKIAMADEUPKEY0000009"),
    requestParameters: { credentials: { accessKeyId: "ASIAMADEUPKEY0000099" } },
  }),
];

before(async () => {
  folder = makeTemporaryFolder();
  store = await EventStore.open({ directory: join(folder.path, "data"), now: () => start });
  writeFileSync(join(folder.path, "log.json"), makeLogFile([...chain, ...others]));
  await importFiles(
    { paths: [join(folder.path, "log.json")], workingDirectory: folder.path },
    { store, now: () => start },
  );
});
after(async () => {
  await store[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function trace(minutes: number, userIdentity: Fields): Promise<Lineage> {
  return traceLineage(event(minutes, { userIdentity }), store, signal);
}

function told({ steps, root, isCut }: Lineage) {
  return {
    steps: steps.map(({ actor, issuedBy }) => [actor.key, issuedBy?.eventName ?? ""]),
    root: root.key,
    isCut,
  };
}

test("a chain of roles over two accounts leads back to the user who began it", async () => {
  const lineage = await trace(40, session(shop, "Deep", "run-1003", keys[3]));
  assert.deepEqual(told(lineage), {
    steps: [
      [`arn:aws:iam::${shop}:role/Deep`, "AssumeRole"],
      [`arn:aws:iam::${shop}:role/Audit`, "AssumeRole"],
      [`arn:aws:iam::${home}:role/Hop`, "AssumeRole"],
      [`arn:aws:iam::${home}:user/mary`, "GetSessionToken"],
      [`arn:aws:iam::${home}:user/mary`, ""],
    ],
    root: `arn:aws:iam::${home}:user/mary`,
    isCut: false,
  });
  assert.equal(lineage.steps[0]?.issuedBy?.time, start + 30 * minute);
  assert.equal(lineage.steps[1]?.issuedBy?.accountId, home);
});

test("a way whose first event is not stored is told as cut", async () => {
  assert.deepEqual(told(await trace(40, session(home, "Lost", "run-1001", "ASIAMADEUPKEY0000098"))), {
    steps: [[`arn:aws:iam::${home}:role/Lost`, ""]],
    root: `arn:aws:iam::${home}:role/Lost`,
    isCut: true,
  });
});

test("of a foreign account that recorded nothing here the account is known", async () => {
  const lineage = told(await trace(40, session(shop, "Guest", "run-1001", "ASIAMADEUPKEY0000010")));
  assert.deepEqual([lineage.root, lineage.isCut], [`account/${home}/AROAHOP`, true]);
});

test("an identity provider and a service are beginnings", async () => {
  const saml = told(await trace(40, session(home, "Staff", "mary", "ASIAMADEUPKEY0000011")));
  assert.deepEqual([saml.root, saml.isCut], ["saml/idp/mary", false]);
  const instance = told(await trace(40, session(home, "Web", "i-0123456789abcdef0", "ASIAMADEUPKEY0000012")));
  assert.deepEqual([instance.root, instance.isCut], ["ec2.amazonaws.com", false]);
});

test("a key that another made an hour before or less is followed to its maker; one that is older is remarked", async () => {
  const fresh = await trace(30, user("backup", "AKIAMADEUPKEY0000008"));
  assert.deepEqual(told(fresh), {
    steps: [
      [`arn:aws:iam::${home}:user/backup`, "CreateAccessKey"],
      [`arn:aws:iam::${home}:user/mallory`, ""],
    ],
    root: `arn:aws:iam::${home}:user/mallory`,
    isCut: false,
  });
  const old = await trace(600, user("backup", "AKIAMADEUPKEY0000008"));
  assert.deepEqual([old.root.name, old.keyMadeBy?.actor.name, old.isCut], ["backup", "mallory", false]);
});

test("a switch of role in the console leads to who switched, and to their sign-in", async () => {
  assert.deepEqual(told(await trace(55, session(home, "Admin", "zoe", "ASIAMADEUPKEY0000055"))), {
    steps: [
      [`arn:aws:iam::${home}:role/Admin/zoe`, "SwitchRole"],
      [`arn:aws:iam::${home}:user/zoe`, "ConsoleLogin"],
    ],
    root: `arn:aws:iam::${home}:user/zoe`,
    isCut: false,
  });
});

test("a console session with a key of its own is known by its name and the moment that it was issued at", async () => {
  const issuedAt = { attributes: { creationDate: at(60) } };
  const sure = told(await trace(90, session(home, "Admin", "otto", "ASIAMADEUPKEY0000056", issuedAt)));
  assert.deepEqual([sure.root, sure.isCut], ["saml/idp/otto", false]);
  const unsure = told(await trace(90, session(home, "Admin", "otto", "ASIAMADEUPKEY0000057")));
  assert.deepEqual([unsure.root, unsure.isCut], [`arn:aws:iam::${home}:role/Admin/otto`, true]);
});

test("a federated user whose token's event is not stored is known by who must have asked for it", async () => {
  const lineage = await trace(5, {
    type: "FederatedUser",
    arn: `arn:aws:sts::${home}:federated-user/mary`,
    accountId: home,
    accessKeyId: "ASIAMADEUPKEY0000077",
    sessionContext: { sessionIssuer: { type: "IAMUser", arn: `arn:aws:iam::${home}:user/broker` } },
  });
  assert.deepEqual([lineage.root.key, lineage.isCut], [`arn:aws:iam::${home}:user/broker`, false]);
});

test("keys that name each other end the way, and a key in a request is none that was given", async () => {
  const ring = await trace(5, session(home, "Ring", "b", "ASIAMADEUPRING000002"));
  assert.ok(ring.isCut && ring.steps.length <= 10, String(ring.steps.length));
  const asked = await trace(5, session(home, "Lost", "run-1001", "ASIAMADEUPKEY0000099"));
  assert.deepEqual([asked.isCut, asked.steps.length], [true, 1]);
});

test("what was found is not asked for again, what was missing after a minute", async () => {
  let asked = 0;
  const counting: Pick<EventStore, "wholePage"> = {
    wholePage: (request, stop) => {
      asked += 1;
      return store.wholePage(request, stop);
    },
  };
  const clock = new SteppedClock(start);
  const ask = async (key: string) => {
    const before = asked;
    await traceLineage(event(40, { userIdentity: session(shop, "Deep", "run-1003", key) }), counting, signal, clock);
    return asked - before;
  };
  assert.ok((await ask(keys[3])) > 0);
  assert.equal(await ask(keys[3]), 0);
  assert.ok((await ask("ASIAMADEUPKEY0000098")) > 0);
  assert.equal(await ask("ASIAMADEUPKEY0000098"), 0);
  clock.advance(minute);
  assert.ok((await ask("ASIAMADEUPKEY0000098")) > 0);
});
