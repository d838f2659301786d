import { defineCommand, textOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { askSandbox, findSandbox, sandboxOptions } from "../sandbox-control.ts";

export const sandboxClockCommand = defineCommand({
  name: "sandbox-clock",
  summary: "Look at a sandbox's clock, speed it up or push it forward",
  usage: "",
  options: {
    ...sandboxOptions,
    speed: { type: "string", value: "TIMES", summary: "How many of its seconds pass in one from now on" },
    advance: { type: "string", value: "TIME", summary: "Push it forward by so much: 90s, 30m, 24h, 7d" },
  },
  examples: ["trailwarden sandbox clock --speed 60", "trailwarden sandbox clock --advance 24h"],
  async run(args, context) {
    const file = await findSandbox(args, context);
    const [speed, advance] = [textOption(args, "speed"), textOption(args, "advance")];
    const change = {
      ...(speed === undefined ? {} : { speed: Number(speed) }),
      ...(advance === undefined ? {} : { advanceSeconds: readSeconds(advance) }),
    };
    const isAsked = Object.keys(change).length === 0;
    const answer = await askSandbox(file, "clock", context, isAsked ? {} : { body: change });
    const clock = answer as { readonly now: string; readonly speed: number };
    await context.terminal.data(`${clock.now}  ${clock.speed} times as fast as this machine's\n`);
    return 0;
  },
});

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function readSeconds(text: string): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (unitSeconds[unit] ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds;
  throw new CommandError(`${text} is no length of time`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write 90s, 30m, 24h or 7d",
  });
}
