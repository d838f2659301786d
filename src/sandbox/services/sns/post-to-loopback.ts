import { AwsError } from "../../../aws/index.ts";

/** Posts a text; rejects when it was not taken. */
export type Poster = (url: string, body: string, headers: Readonly<Record<string, string>>) => Promise<void>;

/** SNS Developer Guide, "HTTP/HTTPS endpoint": fifteen seconds. */
const waitMilliseconds = 15_000;

/** Whether a URL leads to this machine and nowhere else: nothing of the sandbox reaches outside. */
export function isLoopback(text: string): boolean {
  if (text.length > 2_048 || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isHere = hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
  return isHere && username === "" && password === "" && (protocol === "http:" || protocol === "https:");
}

export const postToLoopback: Poster = async (url, body, headers) => {
  if (!isLoopback(url)) throw new AwsError("InvalidParameterException", `${url} is not on this machine`);
  let status: number;
  try {
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "text/plain; charset=UTF-8",
        "user-agent": "Amazon Simple Notification Service Agent",
        ...headers,
      },
      redirect: "manual",
      signal: AbortSignal.timeout(waitMilliseconds),
    });
    await answer.body?.cancel();
    ({ status } = answer);
  } catch (error) {
    throw new AwsError("EndpointUnreachable", error instanceof Error ? error.message : String(error), 503);
  }
  if (status >= 200 && status < 300) return;
  // 4xx but for 429 is the endpoint's last word: SNS Developer Guide, "Message delivery retries".
  throw new AwsError(
    status === 429 ? "Throttled" : "EndpointRefused",
    `The endpoint answered ${status}`,
    status >= 400 && status < 500 ? 400 : 503,
  );
};
