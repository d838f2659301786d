import { SteppedClock } from "../base/clock.ts";
import type { HitFacts, Level } from "../detect/index.ts";
import { actorOf, type Lineage } from "../lineage/index.ts";
import type { FindingOutcome, FindingRow, HitRow } from "../state/index.ts";
import type { EventPlace, StoredEvent, WholeEvent } from "../store/index.ts";
import { FakeFindings, FakeIncidents } from "./fake-tables.fixture.ts";
import type { Incidents } from "./incidents.ts";
import { openIncidents } from "./open-incidents.ts";
import type { IncidentOptions } from "./options.ts";

export const noon = Date.UTC(2026, 10, 21, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const account = "111122223333";
export const iam = `arn:aws:iam::${account}`;

/** What an event is made of; all else is usual. */
export interface MadeEvent {
  readonly at: number;
  readonly identity?: object;
  readonly name?: string;
  readonly source?: string;
  readonly ip?: string;
  readonly parameters?: object;
  readonly answer?: object;
  readonly resources?: readonly string[];
  readonly readOnly?: boolean;
  readonly account?: string;
}

export interface MadeFinding {
  readonly id?: string;
  readonly rule?: string;
  readonly title?: string;
  readonly level?: Level;
  readonly outcome?: FindingOutcome;
  readonly isStaged?: boolean;
  readonly of?: HitFacts["of"];
  readonly tags?: readonly string[];
  readonly events: readonly WholeEvent[];
}

export function user(name: string, accessKey = ""): object {
  return {
    ...{ type: "IAMUser", accountId: account, userName: name, arn: `${iam}:user/${name}` },
    ...(accessKey === "" ? {} : { accessKeyId: accessKey }),
  };
}

export function session(role: string, name: string, accessKey: string): object {
  return {
    ...{ type: "AssumedRole", accountId: account, accessKeyId: accessKey, principalId: `AROAX:${name}` },
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    sessionContext: { sessionIssuer: { type: "Role", userName: role, arn: `${iam}:role/${role}`, accountId: account } },
  };
}

/** Findings, their events and who stands behind them, as a server would have them. */
export class MadeWorld {
  readonly clock = new SteppedClock(noon + 2 * hour);
  readonly table = new FakeIncidents();
  readonly findings = new FakeFindings();
  readonly failures: unknown[] = [];
  readonly events = new Map<string, WholeEvent>();
  /** Who took on the session of an access key. */
  readonly issued = new Map<string, object>();
  suppressForMs: number | undefined = undefined;
  eventsRead = 0;
  #ids = 0;
  incidents: Incidents;

  constructor() {
    this.incidents = openIncidents(this.options());
  }

  /** The same data in a new process. */
  restart(): void {
    this.incidents = openIncidents(this.options());
  }

  async take(): Promise<void> {
    await this.incidents.takeNow(new AbortController().signal);
  }

  options(): IncidentOptions {
    return {
      table: this.table,
      findings: this.findings,
      store: { eventsAt: (places) => this.#eventsAt(places) },
      lineage: {
        trace: (record) => Promise.resolve(this.#trace(record)),
        profile: () =>
          Promise.resolve({ firstSeen: noon - 90 * day, events30d: 7, usualAddresses: [], usualCalls: [] }),
      },
      suppressForMs: () => Promise.resolve(this.suppressForMs),
      clock: this.clock,
      newId: () => `id-${(this.#ids += 1)}`,
      onFailure: (error) => this.failures.push(error),
    };
  }

  event(made: MadeEvent): WholeEvent {
    const number = this.events.size + 1;
    const id = `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
    const identity = made.identity ?? user("alice", "AKIAALICEALICEALICE");
    const own = made.account ?? account;
    const record = {
      ...{ eventID: id, eventTime: new Date(made.at).toISOString(), eventName: made.name ?? "CreateUser" },
      ...{ eventSource: made.source ?? "iam.amazonaws.com", awsRegion: "us-east-1", recipientAccountId: own },
      ...{ userIdentity: identity, sourceIPAddress: made.ip ?? "10.0.0.1", userAgent: "aws-cli" },
      ...{ requestParameters: made.parameters ?? null, responseElements: made.answer ?? null },
      readOnly: made.readOnly ?? false,
    };
    const actor = actorOf(record);
    const event: StoredEvent = {
      ...{ id, account: own, accountHash: own, time: made.at, eventName: record.eventName, region: record.awsRegion },
      ...{ eventSource: record.eventSource, identityType: "", principalArn: actor.arn, issuerArn: "", issuerName: "" },
      ...{ userName: "", invokedBy: "", accessKey: actor.accessKey, sourceIp: record.sourceIPAddress },
      ...{ userAgent: "aws-cli", errorCode: "", errorMessage: "", readOnly: record.readOnly, category: "Management" },
      ...{ eventType: "AwsApiCall", resourceArns: made.resources ?? [], logFile: "7" },
    };
    const whole = { event, raw: Buffer.from(JSON.stringify(record)) };
    this.events.set(`${own}/${id}`, whole);
    return whole;
  }

  /** A finding of these events, as detection would write it. */
  find(made: MadeFinding): string {
    const [first] = made.events;
    if (first === undefined) throw new RangeError("A finding has events");
    const record: unknown = JSON.parse(first.raw.toString());
    const actor = actorOf(record);
    const rule = made.rule ?? "rule-a";
    const id = made.id ?? `${rule}-${first.event.id.slice(-6)}`;
    const times = made.events.map(({ event }) => event.time);
    const level = made.level ?? "medium";
    const outcome = made.outcome ?? (level === "informational" ? "observation" : "incident");
    const content: HitFacts = {
      ...{ title: made.title ?? `Title of ${rule}`, of: made.of ?? "rule", tags: made.tags ?? ["attack.persistence"] },
      ...{ eventName: first.event.eventName, eventSource: first.event.eventSource, errorCode: "" },
      ...{ actorName: actor.name, principalArn: actor.arn, accessKey: actor.accessKey },
      ...{ sourceIp: first.event.sourceIp, userAgent: "aws-cli", resources: first.event.resourceArns },
      ...{ value: undefined, groupBy: [], indicator: undefined },
    };
    const shared = {
      ...{ rule, level, outcome, isStaged: made.isStaged ?? false, actor: actor.key, content },
      ...{ accountId: first.event.account, region: first.event.region, group: `${first.event.account}/${actor.key}` },
    };
    const hits = made.events.map(({ event }): HitRow => {
      const key = `${event.account}/${event.id}`;
      return { ...shared, event: key, events: [key], from: event.time, to: event.time, dedupMs: hour };
    });
    const row: Omit<FindingRow, "changed"> = {
      ...{ ...shared, id, from: Math.min(...times), to: Math.max(...times), hits: hits.length },
      ...{ createdAt: noon, changedAt: noon, mergedInto: undefined },
    };
    this.findings.put(row, hits);
    return id;
  }

  /** A medium finding of one event by itself. */
  one(made: MadeEvent & Omit<MadeFinding, "events">): string {
    return this.find({ ...made, events: [this.event(made)] });
  }

  /** Which findings are together, as names of findings. */
  get groups(): string[][] {
    const groups = Map.groupBy(this.table.allFindings, ([, incident]) => incident);
    return [...groups.values()].map((own) => own.map(([finding]) => finding).sort()).sort();
  }

  #eventsAt(places: readonly EventPlace[]): Promise<WholeEvent[]> {
    this.eventsRead += places.length;
    return Promise.resolve(places.flatMap(({ account: own, id }) => this.events.get(`${own}/${id}`) ?? []));
  }

  #trace(record: unknown): Lineage {
    const steps: Lineage["steps"][number][] = [];
    let actor = actorOf(record);
    for (let step = 0; step < 5; step += 1) {
      const issuer = this.issued.get(actor.accessKey);
      const issuedBy = { eventId: "x", accountId: account, time: noon, eventName: "AssumeRole" };
      steps.push({ actor, issuedBy: issuer === undefined ? undefined : issuedBy });
      if (issuer === undefined) break;
      actor = actorOf({ userIdentity: issuer });
    }
    return { steps, root: actor, isCut: actor.accessKey.startsWith("ASIA") };
  }
}
