// In: requests as AWS's clients send them; services, keys, policies
// Out: answers in AWS's protocols; each call told of before it is answered
// Never: an answer that its policies forbid, a call that nobody is told of
export type { Authorization, Authorizer } from "./authorizer.ts";
export type { CredentialLookup, FoundCredential } from "./credentials.ts";
export type { EndedCall } from "./ended-call.ts";
export type { AnyService, ExtraService } from "./services.ts";
export { type Front, type FrontOptions, type Place, startFront } from "./start-front.ts";
