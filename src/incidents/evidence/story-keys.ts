import type { Lineage } from "../../lineage/index.ts";
import { outsideAddress } from "./outside-address.ts";
import type { Sight } from "./sight.ts";
import { instanceResource } from "./touched-resources.ts";

/** A key that somebody made is theirs for so long. */
const freshKeyMs = 24 * 3_600_000;

/** Keys of a part's story; which of them link with which stands in `grouping/linking.ts`. */
export const storyKey = {
  actor: (key: string) => `actor:${key}`,
  accessKey: (key: string) => `key:${key}`,
  resource: (resource: string) => `resource:${resource}`,
  /** Whoever takes this role on from now on belongs to the story. */
  openedRole: (arn: string) => `made:${arn}`,
  usedRole: (arn: string) => `uses:${arn}`,
  address: (address: string, accountId: string) => `ip:${address}/${accountId}`,
} as const;

/** Somebody's own: services, anonymous callers and whole accounts act for everybody. */
export function isSomebody(actorKey: string): boolean {
  return (
    (/^arn:[^:]+:iam::\d{12}:(?:user|role)\/./.test(actorKey) && !actorKey.includes(":role/AWSServiceRoleFor")) ||
    /^arn:[^:]+:sts::\d{12}:federated-user\/./.test(actorKey) ||
    /^root\/\d{12}$/.test(actorKey) ||
    /^(?:web-identity|saml|identity-center|directory)\/./.test(actorKey) ||
    /^account\/\d{12}\/./.test(actorKey)
  );
}

/** Keys of an actor and a credential, as lists tell them. */
export function callerKeys(actorKey: string, accessKey: string): string[] {
  const role = /^(arn:[^:]+:iam::\d{12}:role\/[^/]+)/.exec(actorKey)?.[1];
  return [
    ...(isSomebody(actorKey) ? [storyKey.actor(actorKey)] : []),
    ...(isSomebody(actorKey) && role !== undefined ? [storyKey.usedRole(role)] : []),
    ...(/^A[A-Z0-9]{15,127}$/.test(accessKey) ? [storyKey.accessKey(accessKey)] : []),
  ];
}

/** Where a call came from, which says something within its account for a while; nothing for those many share. */
export function addressKeys(address: string, accountId: string, actorKey: string): string[] {
  const outside = isSomebody(actorKey) || actorKey === "account/anonymous" ? outsideAddress(address) : undefined;
  return outside === undefined ? [] : [storyKey.address(outside, accountId)];
}

/** All keys of an event. */
export function sightKeys({ actor, accountId, address, made, touched }: Sight): string[] {
  const instance = /:assumed-role\/[^/]+\/(i-[0-9a-f]{8,17})$/.exec(actor.arn)?.[1];
  return [
    ...callerKeys(actor.key, actor.accessKey),
    ...made.accessKeys.map(storyKey.accessKey),
    ...[...made.users, ...made.roles].map(storyKey.actor),
    ...made.roles.map(storyKey.openedRole),
    ...[...made.instances, ...(instance === undefined ? [] : [instance])].map(instanceResource).map(storyKey.resource),
    ...touched.map(storyKey.resource),
    ...addressKeys(address, accountId, actor.key),
  ];
}

/** Who stands behind an event: each step's credential, and who is at the beginning. */
export function lineageKeys({ steps, root, keyMadeBy }: Lineage, at: number): string[] {
  const isFresh = keyMadeBy !== undefined && Math.abs(at - keyMadeBy.time) <= freshKeyMs;
  return [
    ...steps
      .flatMap(({ actor }) => (/^A[A-Z0-9]{15,127}$/.test(actor.accessKey) ? [actor.accessKey] : []))
      .map(storyKey.accessKey),
    ...(isSomebody(root.key) ? [storyKey.actor(root.key)] : []),
    ...(isFresh && isSomebody(keyMadeBy.actor.key) ? [storyKey.actor(keyMadeBy.actor.key)] : []),
  ];
}
