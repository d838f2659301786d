import { type Clock } from "../base/clock.ts";
import { type LastingState } from "../base/lasting.ts";
import { type Call } from "./service.ts";

/** What every service of the sandbox is given when it is made. */
export interface World {
  readonly clock: Clock;
  readonly state: LastingState;
  /** Seeded: identifiers and names come out the same for the same seed and the same calls. */
  readonly random: Random;
  /** Where the bytes of objects lie. */
  readonly folder: string;
  /** The endpoint as clients reach it, such as `http://127.0.0.1:4566`. */
  readonly url: string;
  /** Accounts that exist, by number. */
  readonly accounts: Accounts;
}

export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** Upper-case letters and digits, as in AWS's identifiers. */
  letters(count: number): string;
  uuid(): string;
}

export interface Accounts {
  has(accountId: string): boolean;
  all(): readonly string[];
}

/** A call that one of AWS's own services makes to another, such as CloudTrail's to S3; policies are looked at all the same. */
export interface ServiceCall {
  /** `cloudtrail.amazonaws.com` */
  readonly service: string;
  readonly region: string;
  /** For `aws:SourceArn` and `aws:SourceAccount`. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
  /** A role that the service takes on for the call: its trust policy has to let the service in, its policies judge the call. */
  readonly roleArn?: string;
}

/** What a service needs the others for, through the front: with policies looked at, records written. */
export interface Inside {
  /** Calls an operation as a service of AWS does. Rejects with `AwsError` as a caller over HTTP would see it. */
  callAs(
    as: ServiceCall,
    service: Call["service"],
    operation: string,
    input: object,
    body?: Uint8Array,
  ): Promise<object>;
}
