import type { Deployment } from "../deployments/deployment.ts";
import { nameOf, type Place } from "../settings/place.ts";
import type { WiringPlaces } from "../wiring/wiring.ts";

/** Kinds of things that have names of their own. */
export type NamedKind = "trail" | "bucket" | "topic" | "queue";

/** What a policy is limited to. */
export interface PolicyScope {
  readonly partition: string;
  readonly accountId: string;
  /** Names of what we make; each may end in `*`. */
  readonly names: Readonly<Record<NamedKind, readonly string[]>>;
  /** ARNs of what is used though we did not make it, once a plan has named it. */
  readonly found: Readonly<Record<NamedKind | "key", readonly string[]>>;
  /** Before `AWSLogs`, without slashes at its ends; nothing when it is not known. */
  readonly prefix: string | undefined;
  /** Looks at nothing but what is named: then a trail that moves to another bucket is not followed there. */
  readonly isNarrow: boolean;
  /** The role that the policy is for. */
  readonly roleName: string;
}

export interface ScopeRequest {
  readonly deployment: Pick<Deployment, "accountId" | "names" | "logAccount">;
  readonly partition?: string;
  /** Whose role it is for: the deployment's account, or the one of its log files. */
  readonly accountId?: string;
  readonly roleName?: string;
  /** What a plan or a reading of the wiring found. */
  readonly places?: WiringPlaces;
  readonly prefix?: string;
  readonly isNarrow?: boolean;
}

/** What everything that we make is called where nobody chose other names. */
export const ownNames: PolicyScope["names"] = {
  trail: ["trailwarden-*"],
  bucket: ["trailwarden-*"],
  topic: ["trailwarden-*"],
  queue: ["trailwarden-*"],
};

/** What the policy of a deployment's role is limited to: its names, and what is there already. */
export function scopeOf(request: ScopeRequest): PolicyScope {
  const { deployment, places = {}, prefix, isNarrow = false, partition = "aws" } = request;
  const { trail, bucket, topic, queue } = deployment.names;
  const accountId = request.accountId ?? deployment.accountId;
  const names = { trail: [trail], bucket: [bucket], topic: [topic], queue: [queue, `${queue}-dead-letters`] };
  const arnsOf = (kind: NamedKind, ...there: readonly (Place | undefined)[]) =>
    there
      .filter((place) => place !== undefined)
      // With a role for each account, each is given what lies in its own.
      .filter((place) => deployment.logAccount === undefined || place.accountId === accountId)
      .map(({ arn }) => arn)
      .filter((arn) => !names[kind].includes(nameOf({ arn })));
  return {
    partition,
    accountId,
    names,
    found: {
      trail: arnsOf("trail", places.trail),
      bucket: arnsOf("bucket", places.bucket),
      topic: arnsOf("topic", places.topic),
      queue: arnsOf("queue", places.queue, places.deadLetter),
      key: places.key === undefined ? [] : [places.key.arn],
    },
    prefix,
    isNarrow,
    roleName: request.roleName ?? defaultRoleName,
  };
}

export const defaultRoleName = "trailwarden";

/** A scope in which CloudFormation says the account and the partition: one template for many accounts. */
export function scopeOfEachAccount(roleName: string = defaultRoleName): PolicyScope {
  return {
    partition: "${AWS::Partition}",
    accountId: "${AWS::AccountId}",
    names: ownNames,
    found: { trail: [], bucket: [], topic: [], queue: [], key: [] },
    prefix: undefined,
    isNarrow: false,
    roleName,
  };
}
