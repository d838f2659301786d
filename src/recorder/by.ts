/** Who calls an operation of CloudTrail, from where, and when. */
export interface By {
  readonly accountId: string;
  readonly region: string;
  /** The caller's own ARN. */
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}
