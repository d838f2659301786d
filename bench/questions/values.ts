/** What the questions are asked about; a record may hold several values of a kind. */
export const kinds = ["accessKey", "sourceIp", "resource", "target", "errorRegion", "actor"] as const;
export type Kind = (typeof kinds)[number];

/** The parts of a record that the questions need; all of the corpus's records have this form. */
export interface AskedRecord {
  readonly eventName?: string;
  readonly awsRegion?: string;
  readonly sourceIPAddress?: string;
  readonly errorCode?: string;
  readonly userIdentity?: {
    readonly arn?: string;
    readonly accessKeyId?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } };
  };
  readonly resources?: readonly { readonly ARN?: string }[];
  readonly requestParameters?: Readonly<Record<string, unknown>> | null;
}

/**
 * The values by which a record is found, read in plain JavaScript: nothing of Trailwarden's own search takes part, so
 * that the two can be held against each other. Texts are compared in small letters.
 */
export function valuesOf(record: AskedRecord): Readonly<Record<Kind, readonly string[]>> {
  const resources = distinct(record.resources?.map(({ ARN }) => ARN) ?? []);
  const identity = record.userIdentity;
  const error = record.errorCode;
  return {
    accessKey: distinct([identity?.accessKeyId]),
    sourceIp: distinct([record.sourceIPAddress]),
    resource: resources,
    target: distinct([...resources, ...parametersOf(record)]),
    errorRegion: error === undefined ? [] : distinct([`${error} ${record.awsRegion ?? ""}`]),
    actor: distinct([identity?.arn, identity?.sessionContext?.sessionIssuer?.arn]),
  };
}

function parametersOf({ requestParameters }: AskedRecord): string[] {
  return Object.values(requestParameters ?? {})
    .flat()
    .filter((value) => typeof value === "string");
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  const found = new Set<string>();
  for (const text of texts) if (text !== undefined && text !== "") found.add(text.toLowerCase());
  return [...found];
}
