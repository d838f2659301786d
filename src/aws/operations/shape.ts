/**
 * What a value of AWS looks like, and where it stands in a message: the SDK's runtime schemas in a form of our own, read
 * once. `read-schema.ts` makes them and is the only one that knows how the SDK writes its schemas down.
 */
export type Shape =
  | ListShape
  | MapShape
  | StructureShape
  | { readonly kind: "string" | "boolean" | "number" | "big-number" | "document" }
  | { readonly kind: "blob"; readonly isStreaming: boolean }
  | { readonly kind: "timestamp"; readonly format: TimestampFormat | undefined };

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

export interface ListShape {
  readonly kind: "list";
  readonly item: Member;
}

export interface MapShape {
  readonly kind: "map";
  readonly key: Member;
  readonly value: Member;
}

export interface StructureShape {
  readonly kind: "structure";
  readonly name: string;
  readonly isUnion: boolean;
  /** A union whose members come one after the other, as events. */
  readonly isEventStream: boolean;
  /** What the root element is called in XML, where the schema says so. */
  readonly xmlName: string | undefined;
  readonly members: readonly Member[];
  readonly bindings: Bindings;
}

/** A value within another: a structure's member, a list's item, a map's key or value. */
export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
  /** Not to be shown or recorded. */
  readonly isSensitive: boolean;
  readonly isFlattened: boolean;
  readonly isXmlAttribute: boolean;
  /** `xmlns` of the element, with the prefix that it declares if any. */
  readonly xmlNamespace: { readonly prefix: string | undefined; readonly uri: string } | undefined;
  readonly xmlName: string | undefined;
  readonly jsonName: string | undefined;
  readonly ec2QueryName: string | undefined;
}

/** Which members of a structure stand where in an HTTP message of the REST protocols. */
export interface Bindings {
  readonly labels: readonly Member[];
  readonly query: readonly Bound[];
  readonly queryParameters: Member | undefined;
  /** Header names in lower case. */
  readonly headers: readonly Bound[];
  readonly prefixHeaders: Bound | undefined;
  readonly statusCode: Member | undefined;
  readonly payload: Member | undefined;
  /** All others. */
  readonly body: readonly Member[];
}

export interface Bound {
  readonly wireName: string;
  readonly member: Member;
}
