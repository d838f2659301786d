import type { CheckResult, Drift, Place, Wiring, WiringPart } from "../../../setup-types.ts";

/** How a part of the way is: as agreed, changed, not to be read, not there any more, or not laid yet. */
export type PartState = "good" | "drift" | "unread" | "missing" | "none";

export interface Station {
  readonly part: WiringPart;
  readonly title: string;
  /** The resource's own name, from AWS; empty where none is known. */
  readonly name: string;
  readonly state: PartState;
  /** What there is to say of it, in a few words each. */
  readonly facts: readonly string[];
}

/** Between two stations: what goes there, and what stands in its way. */
export interface Passage {
  readonly title: string;
  /** `none`: nothing can be said, as one of its ends is not there or not known. */
  readonly state: "good" | "bad" | "none";
  readonly problem: string;
}

export interface Way {
  readonly stations: readonly Station[];
  /** One before each station but the first. */
  readonly passages: readonly Passage[];
  /** What the way stands on beside its stations. */
  readonly others: readonly Station[];
}

const titles: Readonly<Record<WiringPart, string>> = {
  trail: "Trail",
  bucket: "Bucket",
  topic: "Topic",
  queue: "Queue",
  deadLetter: "Dead-letter queue",
  subscription: "Subscription",
  key: "Key",
  organization: "Organization",
};

/** Which setting says that a part is there at all. */
const ownSetting: Readonly<Record<WiringPart, string>> = {
  trail: "trail",
  bucket: "bucket",
  topic: "topic",
  queue: "queue",
  deadLetter: "dead-letter-queue",
  subscription: "subscription",
  key: "key-state",
  organization: "organization-access",
};

function partOfSetting(setting: string): WiringPart | undefined {
  if (setting === "dead-letter-queue") return "deadLetter";
  const [first = ""] = setting.split("-");
  return first in titles ? (first as WiringPart) : undefined;
}

const aboutWords: Readonly<Record<string, WiringPart>> = {
  "dead-letter queue": "deadLetter",
  subscription: "subscription",
  trail: "trail",
  bucket: "bucket",
  topic: "topic",
  queue: "queue",
  key: "key",
};

/** What a drift is about, such as `the policy of the bucket logs`; nothing for one about the account as a whole. */
export function partOfDrift({ about, plan }: Pick<Drift, "about" | "plan">): WiringPart | undefined {
  const [, word = ""] = /\bthe (dead-letter queue|subscription|trail|bucket|topic|queue|key)(?= |$)/.exec(about) ?? [];
  return aboutWords[word] ?? partOfSetting(plan?.steps[0]?.setting ?? "");
}

/** Before anything is laid or agreed on. */
export const noWay: Pick<CheckResult, "wiring" | "drifts"> = {
  drifts: [],
  wiring: { readAt: "", places: {}, values: {}, unread: [], status: null },
};

/** The way as it was read, part by part. */
export function wayOf({ wiring, drifts }: Pick<CheckResult, "wiring" | "drifts">): Way {
  const driftOf = (part: WiringPart) => drifts.filter((drift) => partOfDrift(drift) === part);
  const station = (part: WiringPart): Station => {
    const place = wiring.places[part];
    const state = stateOf(wiring, part, driftOf(part).length > 0);
    const facts = state === "missing" || state === "none" ? [] : factsOf(part, wiring);
    return { part, title: titles[part], name: place === undefined ? "" : nameOf(place), state, facts };
  };
  const others = (["deadLetter", "key", "organization"] as const).filter((part) => wiring.places[part] !== undefined);
  const stations = (["trail", "bucket", "topic", "queue"] as const).map(station);
  const hasEnds = (...parts: readonly WiringPart[]) =>
    stations.every(({ part, state }) => !parts.includes(part) || state === "good" || state === "drift");
  return {
    stations,
    passages: [
      passage("log files", wiring.status?.deliveryError ?? "", hasEnds("trail", "bucket")),
      passage("a notice of each", wiring.status?.notificationError ?? "", hasEnds("trail", "topic")),
      subscriptionPassage(
        stateOf(wiring, "subscription", driftOf("subscription").length > 0),
        hasEnds("topic", "queue"),
      ),
    ],
    others: others.map(station),
  };
}

function stateOf(wiring: Wiring, part: WiringPart, hasDrift: boolean): PartState {
  const unread = wiring.unread.map(({ setting }) => setting);
  const own = ownSetting[part];
  if (wiring.values[own] === undefined || wiring.values[own] === null) {
    if (unread.includes(own)) return "unread";
    return wiring.places[part] === undefined ? "none" : "missing";
  }
  if (hasDrift) return "drift";
  return unread.some((setting) => partOfSetting(setting) === part) ? "unread" : "good";
}

function passage(title: string, error: string, hasEnds: boolean): Passage {
  if (error !== "") return { title, state: "bad", problem: `AWS says: ${error}` };
  return { title, state: hasEnds ? "good" : "none", problem: "" };
}

const subscriptionProblems: Readonly<Record<PartState, string>> = {
  good: "",
  drift: "changed",
  unread: "not readable",
  missing: "not subscribed",
  none: "not subscribed",
};

function subscriptionPassage(state: PartState, hasEnds: boolean): Passage {
  const title = "by subscription";
  if (!hasEnds) return { title, state: "none", problem: "" };
  return { title, state: state === "good" ? "good" : "bad", problem: subscriptionProblems[state] };
}

/** The last part of an ARN. */
function nameOf({ arn }: Place): string {
  return arn.slice(Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1);
}

function factsOf(part: WiringPart, { values, places }: Wiring): readonly string[] {
  const member = (setting: string, name: string): unknown => {
    const value = values[setting];
    return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  };
  const region = places[part]?.region ?? "";
  if (part === "trail") {
    return [
      ...(values["trail-logging"] === false ? ["does not log"] : values["trail-logging"] === true ? ["logs"] : []),
      member("trail", "isMultiRegion") === true ? "all regions" : `only ${region}`,
      ...(member("trail", "isOrganization") === true ? ["whole organization"] : []),
      member("trail", "validatesLogFiles") === true ? "with digests" : "without digests",
    ];
  }
  if (part === "key") return typeof values["key-state"] === "string" ? [values["key-state"]] : [];
  const versioning = values["bucket-versioning"] === "Enabled" ? ["versions kept"] : [];
  return [...(region === "" ? [] : [region]), ...(part === "bucket" ? versioning : [])];
}
