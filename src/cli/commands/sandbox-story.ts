import { defineCommand, textOption } from "../command.ts";
import { printTable } from "../print/table.ts";
import { askSandbox, findSandbox, sandboxOptions } from "../sandbox-control.ts";

interface ToldStory {
  readonly name: string;
  readonly title: string;
}

export const sandboxStoryCommand = defineCommand({
  name: "sandbox-story",
  summary: "List a sandbox's stories, or play one: real calls, with what matters in them known",
  usage: "[STORY]",
  options: {
    ...sandboxOptions,
    pace: { type: "string", value: "TIMES", summary: "How many times as fast as its people were (default 1)" },
  },
  examples: ["trailwarden sandbox story", "trailwarden sandbox story leaked-key --pace 60"],
  async run(args, context) {
    const file = await findSandbox(args, context);
    const [name] = args.positionals;
    if (name === undefined) {
      const { stories } = (await askSandbox(file, "stories", context)) as { readonly stories: readonly ToldStory[] };
      const rows = stories.map((story) => [story.name, story.title]);
      await context.terminal.data(printTable(["Story", "What happens"], rows, context.terminal.columns));
      return 0;
    }
    const pace = Number(textOption(args, "pace") ?? 1);
    await askSandbox(file, `stories/${encodeURIComponent(name)}/play`, context, { body: { pace } });
    context.terminal.talk(`${name} is being played${pace === 1 ? "" : `, ${pace} times as fast as it was`}`);
    return 0;
  },
});
