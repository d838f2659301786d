import type { Environment } from "../../config/index.ts";

/** Where a command writes: data for the next program, talk for the person. */
export interface Terminal {
  /** Waits until the reader has taken it. */
  data(text: string | Uint8Array): Promise<void>;
  talk(line: string): void;
  /** A line that the next one replaces; only where a person looks. */
  status(line: string): void;
  readonly isInteractive: boolean;
  /** Whether what is printed is shown to a person, and kept in no file. */
  readonly isDataShown: boolean;
  readonly hasColor: boolean;
  readonly columns: number;
}

export function openTerminal(environment: Environment): Terminal {
  const isInteractive = process.stderr.isTTY === true;
  const isDataShown = process.stdout.isTTY === true;
  // A reader that leaves early, such as head, is told to who writes next and is no reason to crash.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  let statusShown = false;
  const clearStatus = () => {
    if (statusShown) process.stderr.write("\r\u001b[2K");
    statusShown = false;
  };
  return {
    isInteractive,
    isDataShown,
    hasColor: isDataShown && !environment.noColor,
    columns: process.stdout.columns ?? 0,
    async data(text) {
      clearStatus();
      await new Promise<void>((resolve, reject) => {
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
      });
    },
    talk(line) {
      clearStatus();
      process.stderr.write(`${line}\n`);
    },
    status(line) {
      if (!isInteractive) return;
      process.stderr.write(`\r\u001b[2K${line.slice(0, Math.max(10, (process.stderr.columns ?? 80) - 1))}`);
      statusShown = true;
    },
  };
}
