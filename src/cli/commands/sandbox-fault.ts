import { defineCommand, flagOption, textOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printTable } from "../print/table.ts";
import { askSandbox, findSandbox, sandboxOptions } from "../sandbox-control.ts";

interface Told {
  readonly faults: readonly { readonly name: string; readonly summary: string; readonly parameters: object }[];
  readonly active: readonly { readonly id: string; readonly name: string; readonly done: number }[];
}

export const sandboxFaultCommand = defineCommand({
  name: "sandbox-fault",
  summary: "List what can go wrong in a sandbox, make it go wrong, or end it",
  usage: "[FAULT [PARAMETER=VALUE…]]",
  options: {
    ...sandboxOptions,
    clear: { type: "string", value: "ID", summary: "End a fault that is on" },
    "clear-all": { type: "boolean", summary: "End all faults" },
  },
  examples: [
    "trailwarden sandbox-fault",
    "trailwarden sandbox-fault lost-notices share=0.5",
    "trailwarden sandbox-fault --clear-all",
  ],
  async run(args, context) {
    const file = await findSandbox(args, context);
    const cleared = textOption(args, "clear");
    if (cleared !== undefined || flagOption(args, "clear-all")) {
      const path = cleared === undefined ? "faults" : `faults/${encodeURIComponent(cleared)}`;
      await askSandbox(file, path, context, { method: "DELETE" });
      return 0;
    }
    const [name, ...given] = args.positionals;
    if (name !== undefined) {
      const answer = await askSandbox(file, "faults", context, { body: { name, parameters: readParameters(given) } });
      await context.terminal.data(`${(answer as { readonly id: string }).id}\n`);
      return 0;
    }
    const { faults, active } = (await askSandbox(file, "faults", context)) as Told;
    const rows = faults.map((fault) => [fault.name, Object.keys(fault.parameters).join(" "), fault.summary]);
    await context.terminal.data(printTable(["Fault", "Parameters", "What goes wrong"], rows, context.terminal.columns));
    for (const { id, done } of active) context.terminal.talk(`${id} is on, done to ${done} so far`);
    return 0;
  },
});

function readParameters(words: readonly string[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf("=");
      if (at > 0) return [word.slice(0, at), readValue(word.slice(at + 1))];
      throw new CommandError(`${word} is no parameter`, {
        code: "arguments-invalid",
        fault: "user",
        help: "Write PARAMETER=VALUE, such as share=0.5",
      });
    }),
  );
}

/** Twelve digits are an account, not a number. */
function readValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d{1,9}(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
