import { defineCommand, flagOption, textOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printTable } from "../print/table.ts";
import { askSandbox, findSandbox, sandboxOptions } from "../sandbox-control.ts";

interface ToldFault {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, { readonly kind: string }>>;
}

interface Told {
  readonly faults: readonly ToldFault[];
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
    "trailwarden sandbox fault",
    "trailwarden sandbox fault lost-notices share=0.5",
    "trailwarden sandbox fault throttling operations=s3:PutObject,iam:*",
    "trailwarden sandbox fault --clear-all",
  ],
  async run(args, context) {
    const file = await findSandbox(args, context);
    const cleared = textOption(args, "clear");
    if (cleared !== undefined || flagOption(args, "clear-all")) {
      const path = cleared === undefined ? "faults" : `faults/${encodeURIComponent(cleared)}`;
      await askSandbox(file, path, context, { method: "DELETE" });
      return 0;
    }
    const { faults, active } = (await askSandbox(file, "faults", context)) as Told;
    const [name, ...given] = args.positionals;
    if (name !== undefined) {
      const kinds = faults.find((fault) => fault.name === name)?.parameters ?? {};
      const parameters = readParameters(given, (parameter) => kinds[parameter]?.kind);
      const answer = await askSandbox(file, "faults", context, { body: { name, parameters } });
      await context.terminal.data(`${(answer as { readonly id: string }).id}\n`);
      return 0;
    }
    const rows = faults.map((fault) => [fault.name, Object.keys(fault.parameters).join(" "), fault.summary]);
    await context.terminal.data(printTable(["Fault", "Parameters", "What goes wrong"], rows, context.terminal.columns));
    for (const { id, done } of active) context.terminal.talk(`${id} is on, done to ${done} so far`);
    return 0;
  },
});

type Value = string | number | readonly string[];

function readParameters(
  words: readonly string[],
  kindOf: (parameter: string) => string | undefined,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf("=");
      const name = word.slice(0, at);
      if (at > 0) return [name, readValue(word.slice(at + 1), kindOf(name))];
      throw new CommandError(`${word} is no parameter`, {
        code: "arguments-invalid",
        fault: "user",
        help: "Write PARAMETER=VALUE, such as share=0.5",
      });
    }),
  );
}

/** As a parameter of this kind has it; what is wrong with it the sandbox says. */
function readValue(text: string, kind: string | undefined): Value {
  if (kind === "texts") return text.split(",").map((one) => one.trim());
  const isNumber = kind === "share" || kind === "minutes" || kind === "count";
  return isNumber && /^\d{1,9}(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
