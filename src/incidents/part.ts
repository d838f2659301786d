import type { Level } from "../detect/index.ts";
import type { Entity } from "./incident.ts";

/** What an incident keeps of a finding that is a part of it: enough for title, summary, entities and severity. */
export interface Part {
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  /** It tells more of a story, and neither makes nor lengthens one. */
  readonly isContext: boolean;
  readonly from: number;
  readonly to: number;
  readonly hits: number;
  readonly accountId: string;
  readonly region: string;
  readonly tags: readonly string[];
  /** The actor's key, empty where there is none. */
  readonly actor: string;
  readonly actorName: string;
  readonly principalArn: string;
  /** What people mute it for: the actor, else what its hits share. */
  readonly subject: string;
  /** Who stands behind the actor, empty where that is the actor or not known. */
  readonly root: string;
  readonly rootName: string;
  readonly rootArn: string;
  readonly accessKey: string;
  readonly sourceIp: string;
  readonly eventName: string;
  readonly errorCode: string;
  /** Access keys that its events gave out. */
  readonly madeKeys: readonly string[];
  /** What it shares with other parts of its story (see `grouping/linking.ts`). */
  readonly keys: readonly string[];
  readonly entities: readonly PartEntity[];
  /** Events looked at: a mark of each, and the places of its entities. */
  readonly events: readonly (readonly [mark: string, ...entities: number[]])[];
}

export type PartEntity = readonly [kind: Entity["kind"], value: string, label: string];

/** What we wrote down as a part. */
export function readPart(content: unknown): Part {
  return content as Part;
}
