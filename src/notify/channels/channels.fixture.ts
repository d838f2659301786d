import { compose } from "../say/compose.ts";
import type { Message } from "../message.ts";
import type { Notice } from "../notice.ts";
import { notice, noon } from "../open-telling.fixture.ts";
import type { ChannelKind, Outcome } from "./channel.ts";

/** What whoever writes into a log may try. */
export const hostile = {
  title:
    "<!channel> <https://evil.example|click>\r\nBcc: all@example.com\r\n\r\n[click](https://evil.example) \u202etxt.exe",
  text: 'https://evil.example/?a=1 <script>alert(1)</script> & "quoted" ]"\\ *bold* @here\u0000\u200b',
  value: '"]\\ <img src=x onerror=alert(1)> @everyone ftp://evil.example',
};

export function messageOf(fields: Partial<Notice> = {}, form: Message["form"] = "thread"): Message {
  return messageOfAll([notice(fields)], form);
}

export function messageOfAll(notices: readonly Notice[], form: Message["form"] = "thread"): Message {
  const context = {
    key: `${form}-0123`,
    form,
    thread: notices[0]?.thread ?? "",
    consoleUrl: "https://trail.example/base",
  };
  const message = compose(notices, context);
  if (message === undefined) throw new Error("There is no notice");
  return message;
}

/** A message that a log's author wrote as much of as they can. */
export function hostileMessage(): Message {
  const facts = [{ label: "Who", value: hostile.value }];
  const before = notice({ id: "before", title: hostile.title });
  return messageOfAll([before, notice({ title: hostile.title, text: hostile.text, facts, path: "//evil.example/x" })]);
}

/** Sends once, with nothing that the channel does not need. */
export function sendOnce(
  kind: ChannelKind,
  message: Message,
  given: { readonly settings?: Readonly<Record<string, unknown>>; readonly secrets?: Readonly<Record<string, string>> },
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  const { settings = {}, secrets = {} } = given;
  const openAws = () => {
    throw new Error("No AWS here");
  };
  return kind.send(message, {
    ...{ secrets, signal, openAws, version: "1.2.3", now: () => noon },
    settings: kind.settings.parse(settings),
  });
}
