import { AwsCallError } from "../../../aws/index.ts";
import { CollectError } from "../../errors.ts";
import { FetchError } from "../../fetch/fetch-error.ts";

/** An error, wherever it comes from, as far as its kind matters. */
export interface Said {
  readonly code: string;
  readonly message: string;
  readonly service: string;
  readonly operation: string;
  /** 0 where no answer came. */
  readonly status: number;
  /** S3's further members, such as `Region`. */
  readonly members: Readonly<Record<string, string>>;
  /** AWS's own time, where the answer gave it. */
  readonly serverDate: string | undefined;
  /** That a name was looked up for, or a connection was made to. */
  readonly host: string | undefined;
}

const messageCharactersMax = 2_000;

export function saidBy(error: unknown): Said {
  const plain = { service: "", operation: "", status: 0, members: {}, serverDate: undefined, host: undefined };
  if (error instanceof AwsCallError) {
    const { code, message, service, operation, status, members } = error;
    const serverDate = members["ServerTime"] ?? members["ServerDate"] ?? dateHeaderOf(error.cause);
    return { ...plain, code, message: short(message), service, operation, status, members, serverDate };
  }
  if (!(error instanceof Error)) return { ...plain, code: "Error", message: short(String(error)) };
  const message = short(error.message);
  if (error instanceof FetchError || error instanceof CollectError) return { ...plain, code: error.code, message };
  // Where several addresses were tried, the first tells as much as all.
  if (error instanceof AggregateError && error.errors.length > 0) return saidBy(error.errors[0]);
  const { code, hostname, address } = error as Readonly<Partial<Record<"code" | "hostname" | "address", unknown>>>;
  const host = [hostname, address].find((text) => typeof text === "string");
  return { ...plain, code: typeof code === "string" ? code : error.name, message, host };
}

function short(text: string): string {
  return text.slice(0, messageCharactersMax);
}

/** The SDK keeps the answer beside the error. */
function dateHeaderOf(cause: unknown): string | undefined {
  const answered = cause as
    | { readonly $response?: { readonly headers?: Readonly<Record<string, unknown>> } }
    | undefined;
  const date = answered?.$response?.headers?.["date"];
  return typeof date === "string" ? date : undefined;
}
