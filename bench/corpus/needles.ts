import {
  agents,
  assumeRole,
  callOf,
  findOperation,
  freshSession,
  iamUser,
  onObject,
  putBucketPolicy,
  userArn,
  type Caller,
  type Performance,
  type Random,
} from "../../src/sandbox/index.ts";

const rareAccount = "333344445555";
const busyAccount = "111122223333";

const rareCaller = keyCaller(
  rareAccount,
  "archive-sweeper",
  "AIDASWEEPERKEEPEXAMPLE".slice(0, 21),
  "AKIASWEEPER7EXAMPLE1",
  "192.0.2.41",
);
const busyCaller = keyCaller(
  busyAccount,
  "night-courier",
  "AIDACOURIER2222EXAMPL",
  "AKIACOURIER2EXAMPLE2",
  "192.0.2.42",
);

/** What is planted, and how often; the words occur nowhere else in the corpus. */
export const needles = {
  number: { text: "123456789123", count: 37 },
  rarePrincipal: { arn: rareCaller.arn, userName: "archive-sweeper", count: 211 },
  accessKey: { text: "AKIASWEEPER7EXAMPLE1", count: 211 },
  address: { text: "203.0.113.77", count: 93 },
  busyPrincipal: { arn: busyCaller.arn, userName: "night-courier", count: 1000 },
  /** Four times as written here, once in capitals, once in small letters. */
  mixedCase: { text: "ExfilStaging", count: 6, exactly: 4 },
  /** Three words in different fields of one event; each of them also stands alone, and two of them in pairs. */
  threeWords: {
    texts: ["ledgerline", "quarterclose", "reconcilebot"],
    count: 24,
    alone: [480, 360, 240],
    firstTwo: 120,
  },
  /** Its decoys end in another word. */
  wildcard: { pattern: "batch-export-*-zurich", count: 367, decoys: 200 },
  absent: { text: "NoSuchNeedleAnywhere", count: 0 },
} as const;

type Kind =
  | "number"
  | "rarePrincipal"
  | "address"
  | "busyPrincipal"
  | "mixedCase"
  | "threeWords"
  | "firstWord"
  | "secondWord"
  | "thirdWord"
  | "firstTwo"
  | "wildcard"
  | "decoy";

export interface Planted {
  readonly kind: Kind;
  readonly ordinal: number;
}

/** Decides which events, by their number, carry what. */
export function plantNeedles(random: Random, events: number): ReadonlyMap<number, Planted> {
  const { threeWords } = needles;
  const counts: readonly (readonly [Kind, number])[] = [
    ["number", needles.number.count],
    ["rarePrincipal", needles.rarePrincipal.count],
    ["address", needles.address.count],
    ["busyPrincipal", needles.busyPrincipal.count],
    ["mixedCase", needles.mixedCase.count],
    ["threeWords", threeWords.count],
    ["firstWord", threeWords.alone[0]],
    ["secondWord", threeWords.alone[1]],
    ["thirdWord", threeWords.alone[2]],
    ["firstTwo", threeWords.firstTwo],
    ["wildcard", needles.wildcard.count],
    ["decoy", needles.wildcard.decoys],
  ];
  const planted = new Map<number, Planted>();
  for (const [kind, count] of counts) {
    for (let ordinal = 0; ordinal < count;) {
      const place = random.int(events);
      if (planted.has(place)) continue;
      planted.set(place, { kind, ordinal });
      ordinal += 1;
    }
  }
  return planted;
}

/** Changes what was going to happen so that the record carries its needle. */
export function plant(needle: Planted, base: Performance): Performance {
  const [first, second, third] = needles.threeWords.texts;
  const id = base.random.int(9000) + 1000;
  switch (needle.kind) {
    case "number":
      return plantNumber(needle.ordinal, base);
    case "rarePrincipal":
      return { ...base, caller: rareCaller };
    case "busyPrincipal":
      return { ...base, caller: busyCaller };
    case "address":
      return { ...base, caller: { ...base.caller, sourceIp: needles.address.text } };
    case "mixedCase":
      return onKey(base, `tmp/${spell(needle.ordinal)}/dump-${id}.tar`);
    case "threeWords":
      return onKey(withAgentWord(base, third), `${first}/${quarter(id)}/report-${id}.csv`, `example-${second}-${id}`);
    case "firstWord":
      return onKey(base, `${first}/${quarter(id)}/report-${id}.csv`);
    case "secondWord":
      return onKey(base, `exports/${quarter(id)}.csv`, `example-${second}-${id}`);
    case "thirdWord":
      return withAgentWord(base, third);
    case "firstTwo":
      return onKey(base, `${first}/${quarter(id)}/report-${id}.csv`, `example-${second}-${id}`);
    case "wildcard":
      return onKey(base, `jobs/batch-export-${id}-zurich/manifest.json`);
    case "decoy":
      return onKey(base, `jobs/batch-export-${id}-geneva/manifest.json`);
  }
}

/** The number stands in a role's ARN, in a bucket policy, in an object key and in an error message. */
function plantNumber(ordinal: number, base: Performance): Performance {
  const number = needles.number.text;
  const call = callOf(base);
  if (ordinal % 4 === 0) {
    const session = freshSession(base.random, number, "partner-upload", "handover");
    return without(base, {
      operation: findOperation("sts:AssumeRole"),
      body: assumeRole(call, session, 3600),
    });
  }
  if (ordinal % 4 === 1) {
    const bucket = base.random.pick(base.place.buckets);
    const statement = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${number}:root` },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    return without(base, {
      operation: findOperation("s3:PutBucketPolicy"),
      body: putBucketPolicy(call, bucket, statement),
    });
  }
  if (ordinal % 4 === 2) return onKey(base, `partners/${number}/inventory.json`);
  const message = `Cross-account access from ${number} is not allowed`;
  return { ...base, refusal: { code: "AccessDenied", message, hidesRequest: false } };
}

function onKey(base: Performance, key: string, bucket?: string): Performance {
  const operation = findOperation("s3:PutObject");
  const body = onObject(callOf(base), 40_000, 0, {
    key,
    ...(bucket === undefined ? {} : { bucket }),
  });
  return without(base, { operation, body });
}

function without({ random, place, at, operation, caller }: Performance, change: Partial<Performance>): Performance {
  return { random, place, at, operation, caller, ...change };
}

function withAgentWord(base: Performance, word: string): Performance {
  return { ...base, caller: { ...base.caller, userAgent: `${base.caller.userAgent} app/${word}` } };
}

function spell(ordinal: number): string {
  const word = needles.mixedCase.text;
  if (ordinal === 4) return word.toUpperCase();
  return ordinal === 5 ? word.toLowerCase() : word;
}

function quarter(id: number): string {
  return `2026-q${(id % 4) + 1}`;
}

function keyCaller(accountId: string, userName: string, userId: string, accessKey: string, sourceIp: string): Caller {
  return {
    identity: iamUser({ accountId, userName, userId, accessKey }),
    arn: userArn(accountId, userName),
    sourceIp,
    userAgent: agents.boto,
    tls: "TLSv1.3",
  };
}
