// In: what the SDK knows of AWS's services
// Out: operations, their types, how they go over the wire, errors as AWS says them
// Never: a call that nobody asked for
export { AwsError } from "./aws-error.ts";
export type { InputOf, Models, OperationName, OutputOf, ServiceName } from "./models.ts";
export { AwsCallError } from "./clients/client-error.ts";
export { type Answer, type AwsClient, clientFor, type ClientOptions, type Credentials } from "./clients/client.ts";
export type { RequestHandler } from "./clients/client.ts";
