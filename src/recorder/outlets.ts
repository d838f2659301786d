/**
 * What the recorder needs of the AWS around it. Each call is made as `cloudtrail.amazonaws.com` for one trail; the other
 * side looks at its policies and rejects with `AwsError` (`AccessDenied`, `NoSuchBucket`, …), whose code becomes the
 * trail's delivery error.
 */
export interface Outlets {
  putObject(trail: TrailAddress, object: DeliveredObject): Promise<void>;
  /**
   * What CreateTrail asks of a bucket before it takes it; rejects when the bucket's policy would refuse. `recipients` are
   * the folders that stand after `AWSLogs/`: an account, or `<organization>/<account>`.
   */
  probeBucket(
    trail: TrailAddress,
    bucket: string,
    keyPrefix: string | undefined,
    recipients: readonly string[],
  ): Promise<void>;
  /** The region of a bucket; rejects with `NoSuchBucket`. */
  bucketRegion(bucket: string): Promise<string>;
  publish(trail: TrailAddress, topicArn: string, message: string): Promise<void>;
  /** Finds a key by id, ARN, alias or alias ARN; rejects with `NotFoundException` or `DisabledException`. */
  describeKey(
    trail: TrailAddress,
    keyId: string,
  ): Promise<{ readonly arn: string; readonly region: string; readonly isSymmetric: boolean }>;
  /** Whether the key's policy lets CloudTrail make data keys under the context it uses; rejects when not. */
  probeKey(trail: TrailAddress, keyArn: string): Promise<void>;
  /**
   * Log group and role as CreateTrail checks them; rejects with `ResourceNotFoundException` for the group, anything else is
   * the role's fault.
   */
  probeLogGroup(trail: TrailAddress, logGroupArn: string, roleArn: string): Promise<void>;
  putLogEvents(
    trail: TrailAddress,
    group: LogGroupAddress,
    messages: readonly { readonly at: number; readonly text: string }[],
  ): Promise<void>;
  /** Hands a record to the default bus of an account and region. */
  putBusEvent(accountId: string, region: string, event: BusEvent): Promise<void>;
  /** The organization that an account belongs to, if any. */
  organizationOf(accountId: string): Promise<Organization | undefined>;
}

export interface TrailAddress {
  readonly arn: string;
  readonly ownerId: string;
  /** The region that the recorder acts in. */
  readonly region: string;
}

export interface DeliveredObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly kmsKeyArn: string | undefined;
}

export interface LogGroupAddress {
  readonly logGroupArn: string;
  readonly roleArn: string;
  readonly stream: string;
}

export interface BusEvent {
  readonly detailType: string;
  readonly source: string;
  readonly at: number;
  readonly detail: string;
  /** Read-only management events reach only rules that ask for them. */
  readonly isReadOnlyManagement: boolean;
}

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  readonly memberIds: readonly string[];
  readonly hasAllFeatures: boolean;
  readonly trusts: readonly string[];
  /** Accounts by the service that they are registered for, such as `cloudtrail.amazonaws.com`. */
  readonly delegatedAdministrators: Readonly<Record<string, readonly string[]>>;
}

/** What the recorder writes into the organization around it. */
export interface Delegations {
  register(organization: Organization, accountId: string, servicePrincipal: string): Promise<void>;
  deregister(organization: Organization, accountId: string, servicePrincipal: string): Promise<void>;
}
