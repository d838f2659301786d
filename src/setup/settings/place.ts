/** Where a setting is: one resource of one account. */
export interface Place {
  readonly accountId: string;
  /** The trail's home region, the bucket's own; Organizations' is us-east-1. */
  readonly region: string;
  /** A subscription's is that of its topic: it has none of its own before it is made. */
  readonly arn: string;
  /** A subscription's queue. */
  readonly to?: string;
}

/** The last part of an ARN: a bucket's, topic's, queue's or trail's name, a key's id. */
export function nameOf({ arn }: Pick<Place, "arn">): string {
  return arn.slice(Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1);
}

/** One text for one place, to tell them apart. */
export function placeKey({ arn, to }: Place): string {
  return to === undefined ? arn : `${arn} → ${to}`;
}
