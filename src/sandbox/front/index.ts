// In: requests as AWS's clients send them; services, keys, policies
// Out: answers in AWS's protocols; each call told of before it is answered
// Never: an answer that its policies forbid, a call that nobody is told of
export type { EndedCall } from "./ended-call.ts";
export type { AnyService, ExtraService } from "./services.ts";
export { startFront } from "./start-front.ts";
