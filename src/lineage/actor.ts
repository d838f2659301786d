/** Who an event is by, told so that the same one is told the same way in each of its events. */
export interface Actor {
  /**
   * One and the same for everything of this actor: a user's ARN, `root/<account>`, a role's ARN with its session's name
   * where that names a person, else the role's ARN alone; a service's name. ARNs stand without a path, for names are
   * unique without it and not every event tells it: to search for an actor, use `arn`.
   */
  readonly key: string;
  readonly kind: "root" | "user" | "person" | "role" | "web-identity" | "saml" | "service" | "account" | "unknown";
  /** As people call it: `alice`, `Deploy (ci-1234)`, `root of 123456789012`. */
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;
  /** The access key of this event, empty where there is none. */
  readonly accessKey: string;
  /** `sourceIdentity` of the session, which no one on the way can change; empty where it has none. */
  readonly sourceIdentity: string;
}

/** An event that gave somebody a credential. */
export interface IssuingEvent {
  readonly eventId: string;
  readonly accountId: string;
  readonly time: number;
  readonly eventName: string;
}

/** One step from an event back to who stands behind it. */
export interface LineageStep {
  readonly actor: Actor;
  /**
   * The event that issued this step's credentials, called by the next step's actor; undefined for the one at the
   * beginning, or where it is not stored.
   */
  readonly issuedBy: IssuingEvent | undefined;
}

/** Who stands behind an event: from it back to the root actor, which comes last. */
export interface Lineage {
  readonly steps: readonly LineageStep[];
  readonly root: Actor;
  /** The way ends before its beginning: the event that issued a credential is not stored. */
  readonly isCut: boolean;
  /** Who made the root actor's access key, and when, where that is stored. */
  readonly keyMadeBy?: IssuingEvent & { readonly actor: Actor };
}
