import { z } from "zod";

/** What every kind of channel can be told. */
export const commonSettings = {
  messagesPerHour: z
    .int()
    .min(1)
    .max(1_000)
    .default(30)
    .describe("So many messages in an hour at most; what is more is told together"),
};

/** Hosts of this machine, which nobody listens in on the way to. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** What is wrong with an address, as the end of a sentence that does not repeat it: it may be a secret. */
export function addressProblem(address: string, options: { readonly mayBePlain?: boolean } = {}): string | undefined {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return "is no address that begins with https://";
  if (url.username !== "" || url.password !== "") return "has a user or password in it: leave them out";
  if (url.protocol === "https:" || options.mayBePlain === true || isLoopback(url.hostname)) return undefined;
  return "begins with http://, where everybody on the way can read it: use https://";
}

/** A setting that is an address. */
export function addressSetting(options: { readonly mayBePlain?: boolean } = {}) {
  return z
    .string()
    .max(2_000)
    .superRefine((text, context) => {
      const problem = addressProblem(text, options);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    });
}
