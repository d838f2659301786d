import type { KindAnswer } from "../server/index.ts";
import { listOption, type Arguments, type CommandContext, type CommandOption } from "./command.ts";
import { CommandError } from "./errors.ts";
import { openQuestions } from "./questions.ts";

/** How secrets are given: never among a command's words, which other users of the machine can see. */
export const secretOption = {
  type: "string",
  value: "NAME[=VARIABLE]",
  isRepeated: true,
  summary:
    "A secret of the source, from that environment variable, else from standard input; may be given more than once",
} as const satisfies CommandOption;

/** Reads the secrets that are named. Throws `arguments-invalid`, and never says what was given as one. */
export async function readSecrets(
  kind: Pick<KindAnswer, "type" | "secrets">,
  args: Arguments,
  context: CommandContext,
  what = "source",
): Promise<Record<string, string>> {
  using questions = openQuestions(context.signal);
  const secrets: Record<string, string> = {};
  for (const word of listOption(args, "secret")) {
    const [name = "", variable] = word.split(/=(.*)/s);
    if (!kind.secrets.some((secret) => secret.name === name)) throw unknownSecret(kind, what);
    const secret =
      variable === undefined || variable === "-"
        ? await questions.ask(`${name}: `, { isHidden: true })
        : context.environment.variable(variable);
    if (secret === undefined || secret === "") throw secretMissing(name, variable !== undefined && variable !== "-");
    secrets[name] = secret;
  }
  return secrets;
}

function unknownSecret({ type, secrets }: Pick<KindAnswer, "type" | "secrets">, what: string): CommandError {
  return new CommandError(`A ${what} of the kind ${type} keeps no secret of that name`, {
    code: "arguments-invalid",
    fault: "user",
    help: secrets.length === 0 ? "Leave --secret out" : `It keeps ${secrets.map(({ name }) => name).join(", ")}`,
  });
}

function secretMissing(name: string, isFromVariable: boolean): CommandError {
  return new CommandError(
    isFromVariable
      ? `There is nothing in the environment variable that --secret ${name}= names`
      : `Standard input ends before the secret ${name}`,
    {
      code: "arguments-invalid",
      fault: "user",
      help: isFromVariable
        ? `Name a variable, not the secret itself: --secret ${name}=MY_VARIABLE`
        : "Give one secret a line, in the order of the options",
    },
  );
}
