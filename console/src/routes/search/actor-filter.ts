import type { Actor } from "../../api.ts";

export interface FieldValue {
  readonly field: string;
  readonly value: string;
}

/**
 * What finds everything by the same actor. A person behind a shared role is known by the session's name, which sign-in
 * providers set to an address such as carol@example.com; machines make up a new one each time, so they go by the role.
 */
export function actorFilter(actor: Actor): FieldValue | undefined {
  switch (actor.kind) {
    case "root":
      return { field: "userIdentity.type", value: "Root" };
    case "service":
      return actor.name.includes(".")
        ? { field: "userIdentity.invokedBy", value: actor.name }
        : { field: "userIdentity.type", value: "AWSService" };
    case "account":
      return actor.arn === undefined
        ? { field: "userIdentity.type", value: "AWSAccount" }
        : { field: "userIdentity.arn", value: actor.arn };
    case "role":
      return { field: "user", value: actor.session?.includes("@") === true ? actor.session : actor.name };
    default:
      return actor.name === "" || actor.name === "unknown" ? undefined : { field: "user", value: actor.name };
  }
}
