import { defineStory } from "../story.ts";
import { engageCast } from "./cast.ts";
import { scenes } from "./scenes.ts";

/** Everything that happens on a day, once; nothing of it matters. */
export const quietCompany = defineStory({
  name: "quiet-company",
  title: "An ordinary hour at Example Shop",
  summary:
    "Pipelines deploy across three accounts, services read and write, a scanner looks round, people click and type, and make ordinary mistakes",
  actors: [
    { name: "build-agent", does: "deploys, and plans with Terraform" },
    { name: "service-host", does: "runs the shop's services" },
    { name: "example-guard", does: "looks for open doors" },
    { name: "people of example.com", does: "work" },
  ],
  matters: {},
  // The keys that are made with it are needed in the play.
  setUp: () => Promise.resolve(),
  async play(stage) {
    const cast = await engageCast(stage);
    for (const scene of scenes) await scene.play(stage, cast);
  },
});
