import type { Mail } from "./mail.ts";

export interface SmtpOptions {
  readonly host: string;
  readonly port?: number | undefined;
  readonly tls: "starttls" | "tls" | "plain";
  readonly username?: string | undefined;
  readonly password?: string;
  readonly ca?: string;
  readonly signal: AbortSignal;
}

export interface SmtpResult {
  readonly isTaken: boolean;
  /** The server refused this message, and would take another. */
  readonly isAboutMessage: boolean;
  readonly answer: string;
}

const ports = { starttls: 587, tls: 465, plain: 25 } as const;
const answerBytesMax = 16_384;

/** One conversation with the server: signs in, hands the message over, and leaves. Rejects where it cannot be had. */
export async function sendMail(mail: Mail, options: SmtpOptions): Promise<SmtpResult> {
  const { host, port, tls, username, password = "", ca, signal } = options;
  const { default: SmtpConnection } = await import("nodemailer/lib/smtp-connection");
  signal.throwIfAborted();
  const connection = new SmtpConnection({
    host,
    port: port ?? ports[tls],
    secure: tls === "tls",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "plain",
    allowInternalNetworkInterfaces: true,
    maxResponseSize: answerBytesMax,
    socketCloseTimeout: 0,
    tls: ca === undefined ? {} : { ca },
  });
  const talk = new Promise<SmtpResult>((resolve, reject) => {
    const fail = (error: unknown) => reject(error instanceof Error ? error : new Error(String(error)));
    const send = () => {
      connection.send({ from: mail.from, to: [...mail.to] }, mail.raw, (error, info) => {
        if (error) resolve(refusal(error));
        else resolve(taken(info));
      });
    };
    connection.once("error", fail);
    connection.once("end", () => fail(new Error("The server ended the conversation")));
    signal.addEventListener("abort", () => fail(signal.reason), { once: true });
    connection.connect((error) => {
      if (error) fail(error);
      else if (username === undefined) send();
      else connection.login({ user: username, pass: password }, (refused) => (refused ? fail(refused) : send()));
    });
  });
  try {
    return await talk;
  } finally {
    // What it says after this nobody listens to, but an error without a listener would end the program.
    connection.on("error", () => undefined);
    connection.quit();
    connection.close();
  }
}

function refusal(
  error: Error & { readonly responseCode?: number | undefined; readonly command?: string | undefined },
): SmtpResult {
  // 5xx to the message itself, not to the sender or to all who are to get it (RFC 5321, 4.2.1).
  const isAboutMessage = (error.responseCode ?? 0) >= 500 && error.command === "DATA";
  return { isTaken: false, isAboutMessage, answer: error.message };
}

/** Some of those who are to get it may have been refused: the others have it, so it is not sent again. */
function taken(info: {
  readonly response?: string | undefined;
  readonly rejected?: readonly unknown[] | undefined;
}): SmtpResult {
  const { response = "", rejected = [] } = info;
  const refused = rejected.length === 0 ? "" : ` (${rejected.length} of those who are to get it were refused)`;
  return { isTaken: true, isAboutMessage: false, answer: `${response}${refused}` };
}
