import { type Call, type Need } from "../service.ts";

/**
 * Who looks at the policies. Where the call comes from stands in the call: address, agent, region, time, caller with its
 * tags; a service's call carries `aws:SourceArn` and `aws:SourceAccount` in its caller's `context`.
 */
export interface Authorizer {
  /** Asked for each need of a call, before it is done; the first refusal ends the call. */
  authorize(call: Call, need: Need): Authorization | Promise<Authorization>;
}

export type Authorization =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** AWS's sentence: `User: arn:… is not authorized to perform: …`. */
      readonly message: string;
      /** Where it is not the one that the service's protocol commonly has (`AccessDenied`, `AccessDeniedException`, …). */
      readonly code?: string;
    };
