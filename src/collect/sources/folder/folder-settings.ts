import { isAbsolute } from "node:path";
import { z } from "zod";

export const folderSettings = z.object({
  path: z
    .string()
    .max(4_096)
    .refine(isAbsolute, "The path begins with a slash: the server may run in another folder than you")
    .describe("Folder that is watched, with all that lies below it"),
  everySeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(30)
    .describe("How often the whole folder is looked through; new files are usually noticed sooner"),
});

export type FolderSettings = z.infer<typeof folderSettings>;
