import { type InputOf, type OperationName } from "../../../aws/index.ts";
import { type Directory } from "../../identity/directory.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { type Identity } from "../../identity/open-identity.ts";
import { type Tag } from "../../identity/things.ts";
import { type Call, type Need, type Service } from "../../service.ts";
import { type World } from "../../world.ts";

export type IamOperations = Service<"iam">["operations"];
export type IamInput<Name extends OperationName<"iam">> = InputOf<"iam", Name>;

/** What IAM's operations work with. */
export interface Iam {
  readonly world: Pick<World, "clock" | "random" | "state">;
  readonly identity: Identity;
  readonly directory: Directory;
}

type EntityKind = "user" | "group" | "role" | "policy" | "instance-profile" | "mfa";

/** The permission for an operation on something that has, or will have, an ARN of IAM. */
export function needOn(call: Call, resource: string, context: Need["context"] = {}): Need {
  return { action: `iam:${call.operation}`, resource, context };
}

/** The permission for an operation that has no resource. */
export function needAnywhere(call: Call): readonly Need[] {
  return [needOn(call, "*")];
}

/** The ARN of what goes by a name in the call's account, as far as it is there; else as it would be without a path. */
export function arnOfNamed(iam: Iam, call: Call, kind: EntityKind, name: string | undefined): string {
  const { directory } = iam;
  const { accountId } = call;
  const known =
    kind === "user"
      ? directory.users.get(accountId, name ?? "")
      : kind === "role"
        ? directory.roles.get(accountId, name ?? "")
        : kind === "group"
          ? directory.groups.get(accountId, name ?? "")
          : directory.instanceProfiles.get(accountId, name ?? "");
  return known === undefined ? newArn(call, kind, undefined, name) : entityArn(kind, known);
}

/** The ARN that something new will have. */
export function newArn(call: Call, kind: EntityKind, path: string | undefined, name: string | undefined): string {
  return entityArn(kind, { accountId: call.accountId, path: path ?? "/", name: name ?? "" });
}

/** Condition keys of tags in a request and on the thing. */
export function tagContext(
  given: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
  onThing: readonly Tag[] = [],
): Readonly<Record<string, string | readonly string[]>> {
  const keys = (given ?? []).map(({ Key }) => Key ?? "");
  return Object.fromEntries([
    ...(given ?? []).map(({ Key, Value }) => [`aws:RequestTag/${Key ?? ""}`, Value ?? ""] as const),
    ...(keys.length === 0 ? [] : [["aws:TagKeys", keys] as const]),
    ...onThing.flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value] as const,
      [`iam:ResourceTag/${Key}`, Value] as const,
    ]),
  ]);
}

/** A date as the SDK has it. */
export function dateOf(at: number): Date {
  return new Date(Math.floor(at / 1000) * 1000);
}

/** A policy's text as IAM answers it: percent-encoded after RFC 3986. API Reference, GetRolePolicy. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
