import type { DigestChain } from "../../src/cloudtrail/index.ts";
import type {
  ChainView,
  DayStatement,
  GridCell,
  IntegrityAsk,
  IntegrityFinding,
  Verification,
} from "../../src/verify/index.ts";
import { evidenceOf, nameOfDigest } from "./made-evidence.fixture.ts";

/** What the made-up verification found: nothing, all well, something of each kind, or all well in a hundred accounts. */
export type MadeWorld = "empty" | "proven" | "broken" | "many";

export const integrityNow = Date.UTC(2026, 10, 20, 12, 30);
export const hourMs = 3_600_000;
const thisHour = Math.floor(integrityNow / hourMs) * hourMs;
const regions = ["eu-central-1", "us-east-1", "ap-southeast-2"];

/** When things went wrong in the broken world. */
export const wrong = {
  broken: thisHour - 30 * hourMs,
  gap: thisHour - 50 * hourMs,
  unprovenBefore: thisHour - 100 * hourMs,
  overdueSince: thisHour - 5 * hourMs,
};

interface Row {
  readonly accountId: string;
  readonly region: string;
}

function rowsIn(world: MadeWorld): readonly Row[] {
  const count = { empty: 0, proven: 2, broken: 2, many: 100 }[world];
  const accounts = Array.from({ length: count }, (_, index) => String(111122223333 + index * 1_010_101));
  return accounts.flatMap((accountId) => regions.map((region) => ({ accountId, region })));
}

/** How an hour of a row stands; the first three rows of the broken world are not well. */
export function standingOf(world: MadeWorld, row: number, hour: number): GridCell["standing"] | undefined {
  if (hour > thisHour) return undefined;
  if (row % 3 === 2 && new Date(hour).getUTCHours() < 5) return undefined;
  if (world === "broken") {
    if (row === 0 && hour === wrong.broken) return "broken";
    if (row === 1 && hour >= wrong.gap && hour < wrong.gap + 4 * hourMs) return "gap";
    if (row === 3 && hour < wrong.unprovenBefore) return "unproven";
    if (row === 4 && hour >= wrong.overdueSince) return "gap";
  }
  return hour >= thisHour - hourMs ? "waiting" : "proven";
}

const countsOf: Readonly<Record<GridCell["standing"], Pick<GridCell, "logFiles" | "digests">>> = {
  proven: { logFiles: { proven: 12 }, digests: 1 },
  waiting: { logFiles: { waiting: 3 }, digests: 0 },
  unproven: { logFiles: { unproven: 2 }, digests: 0 },
  gap: { logFiles: { unproven: 2, proven: 1 }, digests: 0 },
  broken: { logFiles: { broken: 1, missing: 1, undeclared: 1, proven: 9 }, digests: 1 },
};

function chainOf({ accountId, region }: Row): DigestChain {
  const [organizationId, trailName, homeRegion] = ["", "management-events", "eu-central-1"];
  return { accountId, region, organizationId, trailName, homeRegion, isBackfill: false };
}

function chainsIn(world: MadeWorld): readonly ChainView[] {
  return rowsIn(world).map((row, index) => {
    const isOverdue = world === "broken" && index === 4;
    const head = isOverdue ? wrong.overdueSince : thisHour - hourMs;
    const since = head - 40 * 24 * hourMs;
    return {
      id: `${row.accountId}/${row.region}`,
      chain: chainOf(row),
      bucket: "example-trail-logs",
      head,
      since,
      nextDueAt: head + 2 * hourMs,
      isOverdue,
      sentence: isOverdue
        ? "The digest that was due at 2026-11-20 09:00 UTC has not come"
        : `Unbroken since ${new Date(since).toISOString().slice(0, 16).replace("T", " ")} UTC`,
    };
  });
}

const finding = {
  foundAt: integrityNow - 2 * hourMs,
  settledAt: undefined,
  accountId: "111122223333",
  region: "eu-central-1",
  logFile: "",
  digest: nameOfDigest("111122223333", "eu-central-1", wrong.broken + hourMs),
} as const;

const brokenFile = evidenceOf("broken", { accountId: "111122223333", region: "eu-central-1" }, wrong.broken).files[0];

/** What is wrong in the broken world, the newest first. */
export const madeFindings: readonly IntegrityFinding[] = [
  {
    ...finding,
    id: "4",
    kind: "tail-overdue",
    accountId: "111123233434",
    region: "us-east-1",
    from: wrong.overdueSince,
    to: integrityNow,
    sentence: "No digest of management-events has come for us-east-1 since 2026-11-20 07:00 UTC",
    help: "See whether the trail still logs and log file validation is on: aws cloudtrail get-trail-status",
    digest: "",
  },
  {
    ...finding,
    id: "3",
    kind: "log-broken",
    from: wrong.broken,
    to: wrong.broken + hourMs,
    sentence: brokenFile?.sentence ?? "",
    help: "Keep the bucket as it is, and find who wrote the object: PutObject on this key in S3’s data events",
    logFile: brokenFile?.name ?? "",
  },
  {
    ...finding,
    id: "2",
    kind: "gap",
    region: "us-east-1",
    from: wrong.gap,
    to: wrong.gap + 4 * hourMs,
    sentence:
      "4 digests are missing between 2026-11-18 10:00 and 14:00 UTC: files of that time could be missing unseen",
    help: "Ask who deleted objects below CloudTrail-Digest/ and restore them from versions if the bucket has them",
  },
  {
    ...finding,
    id: "1",
    kind: "log-missing",
    from: wrong.gap,
    to: wrong.gap + hourMs,
    settledAt: integrityNow - hourMs,
    sentence: "The digest names a log file that was not in the bucket; it is there now, and as it was signed",
    help: "",
  },
];

function statementsIn(world: MadeWorld, ask: IntegrityAsk): readonly DayStatement[] {
  const accounts = [...new Set(rowsIn(world).map(({ accountId }) => accountId))];
  const days = [0, 1, 2, 3, 4, 5, 6]
    .map((back) => Date.UTC(2026, 10, 20 - back))
    .filter((from) => from >= ask.from - 24 * hourMs);
  return days.flatMap((from) =>
    accounts
      .filter((accountId) => ask.accountId === undefined || accountId === ask.accountId)
      .map((accountId) => statementOf(world, accountId, from)),
  );
}

function statementOf(world: MadeWorld, accountId: string, from: number): DayStatement {
  const day = new Date(from).toISOString().slice(0, 10);
  const to = Math.min(from + 24 * hourMs, thisHour - hourMs);
  const reasons =
    world === "broken" && accountId === "111122223333" && day === "2026-11-19"
      ? ["1 log file is not what was signed (eu-central-1)"]
      : world === "broken" && accountId === "111122223333" && day === "2026-11-18"
        ? ["4 digests are missing from 10:00 to 14:00 (us-east-1)", "2 log files of that time are unproven"]
        : [];
  const isComplete = reasons.length === 0;
  return {
    accountId,
    day,
    isComplete,
    isProblem: !isComplete,
    from,
    to,
    regions,
    logFiles: 288,
    reasons,
    sentence: isComplete
      ? `Complete from ${day} 00:00 to ${new Date(to).toISOString().slice(11, 16)} UTC, proven: 288 log files, 72 digests, 3 regions`
      : `Not proven: ${String(reasons.length)} ${reasons.length === 1 ? "thing stands" : "things stand"} in the way`,
  };
}

const sentences: Readonly<Record<MadeWorld, string>> = {
  empty: "Nothing was delivered in this time, so there is nothing to judge",
  proven: "All 1,986 log files are proven, and none is missing; 18 wait for their digests, which are not due yet",
  broken: "1 log file is broken, 2 are unproven, and 9 hours have no digest that speaks for them",
  many: "All 98,412 log files of 100 accounts are proven, and none is missing",
};

/** Answers that are made up, as long as a test wants to see pages by themselves. */
export function madeVerification(
  world: MadeWorld,
  real: Pick<Verification, "verdictsOf" | "exportCase">,
): Verification {
  const isWrong = world === "broken";
  const total = { empty: 0, proven: 1986, broken: 1983, many: 98_412 }[world];
  const rows = rowsIn(world);
  const isAsked = (ask: IntegrityAsk, { accountId, region }: Row) =>
    (ask.accountId === undefined || accountId === ask.accountId) && (ask.region === undefined || region === ask.region);
  const none = (): never => {
    throw new Error("Not made up");
  };
  return {
    start: async () => undefined,
    stop: async () => undefined,
    judgeNow: async () => undefined,
    overview: async () => ({
      logFiles: {
        proven: total,
        waiting: total === 0 ? 0 : 18,
        unproven: isWrong ? 2 : 0,
        broken: isWrong ? 1 : 0,
        missing: isWrong ? 1 : 0,
        undeclared: isWrong ? 1 : 0,
      },
      digests: { valid: rows.length * 166, unproven: 0, broken: 0, missing: isWrong ? 4 : 0 },
      openFindings: isWrong ? 3 : 0,
      accounts: rows.length / regions.length,
      chains: rows.length,
      judgedAt: total === 0 ? undefined : integrityNow - 40_000,
      sentence: sentences[world],
    }),
    async grid(ask) {
      const cells: GridCell[] = [];
      for (const [index, row] of rows.entries()) {
        if (!isAsked(ask, row)) continue;
        for (let hour = ask.from; hour < ask.to; hour += hourMs) {
          const standing = standingOf(world, index, hour);
          if (standing === undefined) continue;
          cells.push({ ...row, hour, standing, ...countsOf[standing] });
        }
      }
      return { cells, cellMs: hourMs, isCut: false };
    },
    chains: async () => chainsIn(world),
    async hour({ hour, ...place }) {
      const row = rows.findIndex(({ accountId, region }) => accountId === place.accountId && region === place.region);
      const standing = row < 0 ? undefined : standingOf(world, row, hour);
      return standing === undefined
        ? { digests: [], files: [], gaps: [], isCut: false }
        : evidenceOf(standing, place, hour);
    },
    async findings(ask, { after = "", limit }) {
      const all = (isWrong ? madeFindings : []).filter(
        (each) => isAsked(ask, each) && (ask.isOpen === undefined || ask.isOpen === (each.settledAt === undefined)),
      );
      return all.slice(all.findIndex(({ id }) => id === after) + 1).slice(0, limit);
    },
    statements: async (ask) => statementsIn(world, ask),
    reread: none,
    audit: none,
    ...real,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
