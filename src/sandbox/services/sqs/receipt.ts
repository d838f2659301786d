import { AwsError } from "../../../aws/index.ts";
import { type Message } from "./message.ts";
import { missingParameter } from "./missing-parameter.ts";

/** Which message a receipt handle stands for, and which of its receives. */
export interface Receipt {
  readonly sequence: string;
  readonly secret: string;
}

const shape = /^(\d{20}) ([0-9a-f]{32})$/u;

export function writeReceipt(message: Message): string {
  return Buffer.from(`${message.sequence} ${message.receipt ?? ""}`, "latin1").toString("base64");
}

export function readReceipt(handle: string | undefined): Receipt {
  if (handle === undefined || handle === "") throw missingParameter("ReceiptHandle");
  const parts = handle.length > 1_024 ? null : shape.exec(Buffer.from(handle, "base64").toString("latin1"));
  if (parts === null)
    throw new AwsError(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle.slice(0, 100)}" is not a valid receipt handle.`,
      404,
    );
  const [, sequence = "", secret = ""] = parts;
  return { sequence, secret };
}
