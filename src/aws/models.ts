/** The SDK's packages by the name that a request is signed for. Their code is loaded by `operations/`, on demand. */
export interface Models {
  readonly cloudtrail: typeof import("@aws-sdk/client-cloudtrail");
  readonly ec2: typeof import("@aws-sdk/client-ec2");
  readonly events: typeof import("@aws-sdk/client-eventbridge");
  readonly guardduty: typeof import("@aws-sdk/client-guardduty");
  readonly iam: typeof import("@aws-sdk/client-iam");
  readonly kms: typeof import("@aws-sdk/client-kms");
  readonly logs: typeof import("@aws-sdk/client-cloudwatch-logs");
  readonly organizations: typeof import("@aws-sdk/client-organizations");
  readonly s3: typeof import("@aws-sdk/client-s3");
  readonly sns: typeof import("@aws-sdk/client-sns");
  readonly sqs: typeof import("@aws-sdk/client-sqs");
  readonly sts: typeof import("@aws-sdk/client-sts");
}

export type ServiceName = keyof Models;

/** `CreateUser` and its like: the operations that a service has. */
export type OperationName<S extends ServiceName> = {
  [K in keyof Models[S]]: K extends `${infer Operation}Command` ? Operation : never;
}[keyof Models[S]];

type Io<S extends ServiceName, Operation extends string> = `${Operation}Command` extends keyof Models[S]
  ? Models[S][`${Operation}Command`] extends new (...parameters: never[]) => {
      readonly input: infer Input;
      resolveMiddleware: (...parameters: never[]) => (...parameters: never[]) => Promise<{ output: infer Output }>;
    }
    ? { readonly input: Input; readonly output: Omit<Output & object, "$metadata"> }
    : never
  : never;

/** What an operation is asked with, as the SDK types it. */
export type InputOf<S extends ServiceName, Operation extends string> = Io<S, Operation>["input"];

/** What an operation answers, as the SDK types it. */
export type OutputOf<S extends ServiceName, Operation extends string> = Io<S, Operation>["output"];
