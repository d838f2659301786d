import type { FieldPath, Predicate } from "../predicate/index.ts";
import type { EventStore, ValueCount } from "../store/index.ts";
import type { Actor } from "./actor.ts";
import { lookOn } from "./look-on.ts";

/** What is stored of an actor. */
export interface ActorHistory {
  readonly firstSeen: number | undefined;
  /** Events in the span that was asked about, which is thirty days as a rule. */
  readonly events30d: number;
  readonly usualAddresses: readonly ValueCount[];
  readonly usualCalls: readonly ValueCount[];
}

/** The part of the store that is asked. */
export type ProfileStore = Pick<EventStore, "page" | "countOverTime" | "topValues">;

const bucketMs = 86_400_000;
const usualMax = 5;
/** A first event that is not found within so many looks is not worth the wait. */
const looksMax = 10;

/**
 * When an actor was first seen, and what they did in a span of time. To know what is usual, the span ends where what is
 * looked into begins: an actor who was never seen before is told with none.
 */
export async function actorProfile(
  store: ProfileStore,
  actor: Actor,
  span: { readonly from: number; readonly to: number },
  signal?: AbortSignal,
): Promise<ActorHistory> {
  const predicate = eventsOf(actor);
  if (predicate === undefined) return { firstSeen: undefined, events30d: 0, usualAddresses: [], usualCalls: [] };
  const asked = { predicate, from: span.from, to: span.to };
  const top = (path: FieldPath) => store.topValues({ ...asked, path, limit: usualMax }, signal);
  const [firstSeen, events30d, usualAddresses, usualCalls] = await Promise.all([
    firstOf(store, predicate, signal),
    countOf(store, asked, signal),
    top(["sourceIPAddress"]),
    top(["eventName"]),
  ]);
  return { firstSeen, events30d, usualAddresses, usualCalls };
}

async function firstOf(store: ProfileStore, predicate: Predicate, signal?: AbortSignal): Promise<number | undefined> {
  const [first] = await lookOn(looksMax, async (after) => {
    const { rows, reached } = await store.page({ predicate, order: "oldest", limit: 1, after }, signal);
    return { found: rows, reached };
  });
  return first?.time;
}

async function countOf(
  store: ProfileStore,
  filter: { readonly predicate: Predicate; readonly from: number; readonly to: number },
  signal?: AbortSignal,
): Promise<number> {
  let events = 0;
  for await (const { buckets } of store.countOverTime({ ...filter, intervalMs: bucketMs }, signal)) {
    for (const { count } of buckets) events += count;
  }
  return events;
}

const issuer: FieldPath = ["userIdentity", "sessionContext", "sessionIssuer"];

/** The events that `actorOf` would tell this actor of; undefined for one of whom too little is known. */
export function eventsOf(actor: Actor): Predicate | undefined {
  const { kind, key, arn, accountId } = actor;
  const name = key.slice(key.lastIndexOf("/") + 1);
  const ofAccount = equals(["userIdentity", "accountId"], accountId);
  switch (kind) {
    case "root":
      return and(equals(["userIdentity", "type"], "Root"), ofAccount);
    case "user":
      return and(equals(["userIdentity", "type"], "IAMUser"), equals(["userIdentity", "userName"], name), ofAccount);
    case "role":
      return and(equals([...issuer, "userName"], name), ofAccount);
    case "person":
      return personEvents(actor, name);
    case "service":
      return and(equals(["userIdentity", "invokedBy"], key), not(exists(["userIdentity", "arn"])));
    case "saml":
    case "web-identity": {
      const type = kind === "saml" ? "SAMLUser" : "WebIdentityUser";
      return and(equals(["userIdentity", "type"], type), endsWith(key, ["userIdentity", "userName"]));
    }
    case "account":
      return key === "account/anonymous"
        ? undefined
        : and(equals(["userIdentity", "type"], "AWSAccount"), ofAccount, principalOf(key));
    case "unknown":
      return arn === "" ? undefined : equals(["userIdentity", "arn"], arn);
  }
}

/** A person in a role is known by the session's name, or by its source identity, whatever the session is called. */
function personEvents({ key, arn, sourceIdentity, accountId }: Actor, name: string): Predicate | undefined {
  if (key.startsWith("identity-center/")) return equals(["userIdentity", "onBehalfOf", "userId"], name);
  const role = /:role\/([^/]+)\//.exec(key)?.[1];
  if (role === undefined) return arn === "" ? undefined : equals(["userIdentity", "arn"], arn);
  if (sourceIdentity === name) {
    const ofRole = and(equals([...issuer, "userName"], role), equals(["userIdentity", "accountId"], accountId));
    return and(ofRole, equals(["userIdentity", "sessionContext", "sourceIdentity"], name));
  }
  return equals(["userIdentity", "arn"], arn);
}

/** Of another account one principal, or the whole account where no more is told. */
function principalOf(key: string): Predicate {
  const [, , principal] = key.split("/");
  if (principal === undefined) return { kind: "all" };
  const test = { op: "like", pattern: [{ text: principal }, "*"], cased: true } as const;
  return { kind: "field", path: ["userIdentity", "principalId"], test };
}

/** The provider and the user's name may both hold slashes: whichever names end the key. */
function endsWith(key: string, path: FieldPath): Predicate {
  const parts = key.split("/").slice(1, 40);
  const values = parts.map((_, from) => parts.slice(from).join("/"));
  return { kind: "field", path, test: { op: "equals", values, cased: true } };
}

function equals(path: FieldPath, value: string): Predicate {
  return { kind: "field", path, test: { op: "equals", values: [value], cased: true } };
}

function exists(path: FieldPath): Predicate {
  return { kind: "field", path, test: { op: "exists" } };
}

function and(...of: readonly Predicate[]): Predicate {
  return { kind: "and", of };
}

function not(of: Predicate): Predicate {
  return { kind: "not", of };
}
