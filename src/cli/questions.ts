import { once } from "node:events";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** Questions to whoever sits at the terminal, or to a program that pipes its answers in, one a line. */
export interface Questions extends Disposable {
  /** Whether a person answers. */
  readonly isPerson: boolean;
  /** Undefined when there is no answer left. What is hidden does not stand on the screen. */
  ask(question: string, options?: { readonly isHidden?: boolean }): Promise<string | undefined>;
}

/** Takes the program's input; nothing is read before the first question. */
export function openQuestions(signal: AbortSignal): Questions {
  const isPerson = process.stdin.isTTY === true;
  const stack = new DisposableStack();
  let piped: AsyncIterator<string> | undefined;
  return {
    isPerson,
    async ask(question, { isHidden = false } = {}) {
      if (isPerson) return askPerson(question, isHidden, signal);
      piped ??= pipedLines(stack, signal);
      const next = await piped.next();
      signal.throwIfAborted();
      return next.done === true ? undefined : next.value;
    },
    [Symbol.dispose]: () => stack.dispose(),
  };
}

function pipedLines(stack: DisposableStack, signal: AbortSignal): AsyncIterator<string> {
  const lines = createInterface({ input: process.stdin });
  const end = () => lines.close();
  signal.addEventListener("abort", end, { once: true });
  stack.defer(() => {
    signal.removeEventListener("abort", end);
    lines.close();
  });
  return lines[Symbol.asyncIterator]();
}

async function askPerson(question: string, isHidden: boolean, signal: AbortSignal): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(question);
  const line = createInterface({ input: process.stdin, output: isHidden ? nowhere : process.stderr, terminal: true });
  // The terminal is in raw mode: Ctrl-C comes as a key.
  line.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await Promise.race([
      once(line, "line", { signal }) as Promise<[string]>,
      once(line, "close", { signal }).then(() => undefined),
    ]);
    return answer?.[0];
  } finally {
    line.close();
    if (isHidden) process.stderr.write("\n");
  }
}
